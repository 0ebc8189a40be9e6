/** One player: place, runs one after the other, neighbours on the leaderboard. */
import { useState } from 'react';
import { BASE, useAnswer } from '../lib/api';
import { Link, to } from '../lib/router';
import { board } from '../model/board';
import { player } from '../model/player';
import type { Player as PlayerData } from '../model/player';
import { IqOverTime } from '../charts/IqOverTime';
import { BoardTable } from '../parts/BoardTable';
import { Source, Title } from '../parts/Page';
import type { PageProps } from '../parts/pages';
import { Empty, Loaded, Loading } from '../parts/States';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A player is found by name; a number leads to one who is on the leaderboard. */
export default function Player({ parameters }: PageProps) {
  const id = parameters.id ?? '';
  const isNumber = UUID.test(id);
  const listed = useAnswer(isNumber ? `${BASE}/leaderboard/around/${encodeURIComponent(id)}` : null, board);
  const name = isNumber ? (listed.value?.rows.find((row) => row.user === id)?.name ?? null) : id;
  if (name !== null) return <Named name={name} />;
  if (listed.isLoading) return <><Title title="A player">A player</Title><Loading what="the player" /></>;
  return (
    <>
      <Title title="A player">A player</Title>
      <Empty title="Not on the leaderboard">
        <p>{listed.problem?.detail ?? 'The account has no name.'}</p>
        <Link className="button" href={to('audit', 'user', id)}>All decisions</Link>
      </Empty>
    </>
  );
}

function Named({ name }: { name: string }) {
  const [after, setAfter] = useState<readonly string[]>([]);
  const last = after[after.length - 1];
  const url = `${BASE}/players/${encodeURIComponent(name)}${last ? `?after=${last}` : ''}`;
  const answer = useAnswer(url, player);
  return (
    <>
      <Title title={name}>{name}</Title>
      <Loaded answer={answer} what="the player">
        {(value) => (
          <>
            <p className="verdict">
              {value.rank === null
                ? 'Not on the leaderboard yet: five ranked first runs list a player.'
                : `Rank ${value.rank}, Strategy IQ ${((value.iqHundredths ?? 0) / 100).toFixed(1)}${value.intervalHundredths === null ? '' : ` ± ${(value.intervalHundredths / 100).toFixed(1)}`} from ${value.races ?? 0} races.`}
            </p>
            <div className="row">
              <Link className="button" href={to('audit', 'user', value.id)}>All decisions, proved</Link><Link className="button" href="/leaderboard">Leaderboard</Link>
              {value.kind === 'synthetic' && <span className="chip">A bot of the sample crowd</span>}
            </div>
            <Runs value={value} />
            <div className="row">
              {after.length > 0 && <button type="button" onClick={() => setAfter(after.slice(0, -1))}>Later runs</button>}
              {value.next !== null && <button type="button" onClick={() => setAfter([...after, value.next ?? ''])}>Earlier runs</button>}
            </div>
            {value.rank !== null && <Neighbours id={value.id} name={name} />}
            <Source url={url} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Runs({ value }: { value: PlayerData }) {
  if (value.runs.length === 0) return <Empty title="No finished run"><p>Runs appear here when they are over.</p></Empty>;
  return <IqOverTime key={value.runs[0]?.id} runs={value.runs.slice().reverse()} file={`player-${value.id}`} />;
}

function Neighbours({ id, name }: { id: string; name: string }) {
  const answer = useAnswer(`${BASE}/leaderboard/around/${encodeURIComponent(id)}`, board);
  return (
    <Loaded answer={answer} what="the neighbours" height={400}>
      {(value) => (
        <div className="scroll pane" role="region" tabIndex={0} aria-label="Neighbours">
          <BoardTable caption={`Around ${name}, of ${value.listed} listed`} rows={value.rows} marked={id} />
        </div>
      )}
    </Loaded>
  );
}
