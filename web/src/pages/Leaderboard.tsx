/** Who calls best, with the error of that. */
import { useEffect, useRef, useState } from 'react';
import { BASE, load, useAnswer } from '../lib/api';
import { plural } from '../lib/format';
import { Link, to, useQueryValue } from '../lib/router';
import { board } from '../model/board';
import type { Board, BoardRow } from '../model/board';
import { races } from '../model/races';
import { AsOf, asOf, useAsOf } from '../parts/AsOf';
import { Source, Title } from '../parts/Page';
import { Empty, Loaded } from '../parts/States';

const POLL_MILLISECONDS = 15_000;

export default function Leaderboard() {
  const [scope, setScope] = useQueryValue('scope', (text) => (/^(season|circuit):[\w.-]{1,64}$/.test(text) ? text : null), 'all');
  const { value: list } = useAnswer(`${BASE}/races`, races);
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors[cursors.length - 1];
  const [kind, name] = scope.split(':');
  const query = new URLSearchParams({ limit: '50', ...(kind && name ? { [kind]: name } : {}), ...(cursor ? { after: cursor } : {}) });
  const [at] = useAsOf();
  const url = asOf(`${BASE}/leaderboard?${query.toString()}`, at);
  const answer = useAnswer(url, board);
  const seasons = [...new Set(list?.races.map(({ season }) => season) ?? [])];
  const circuits = [...new Set(list?.races.map(({ circuit }) => circuit) ?? [])].sort();
  return (
    <>
      <Title title="Leaderboard">Leaderboard</Title>
      <p className="lead">Strategy IQ of players, from their first ranked runs of a race.</p>
      <div className="row end">
        <label className="field">Of
          <select value={scope} onChange={(event) => { setCursors([]); setScope(event.target.value); }}>
            <option value="all">All races</option>
            {seasons.map((season) => <option key={season} value={`season:${season}`}>Season {season}</option>)}
            {circuits.map((circuit) => <option key={circuit} value={`circuit:${circuit}`}>Circuit {circuit}</option>)}
          </select>
        </label>
      </div>
      <AsOf newest={list?.position ?? null} />
      <Loaded answer={answer} what="the leaderboard">
        {(value) => value.rows.length === 0
          ? <Empty title="Nobody is listed yet"><p>Five ranked first runs list a player. Guests practise and are not ranked.</p><Link className="button primary" href="/simulator">Play</Link></Empty>
          : (
            <>
              <Held key={url} value={value} url={url} />
              <div className="row">
                {cursors.length > 0 && <button type="button" onClick={() => setCursors(cursors.slice(0, -1))}>Page before</button>}
                {value.next !== null && <button type="button" onClick={() => setCursors([...cursors, value.next ?? ''])}>Next 50</button>}
              </div>
            </>
          )}
      </Loaded>
      <details className="pane">
        <summary>How is this ranked?</summary>
        <p>Only the first ranked run of a race counts, and only without having seen its laps, windows or autopsy before. The IQ of few runs is drawn towards the average; the interval says how far the true one may lie from it, nine times in ten. Five runs list a player; equal IQs share a rank.</p>
      </details>
      <Source url={url} />
    </>
  );
}

/** Rows never move by themselves: what changed waits behind a button. */
function Held({ value, url }: { value: Board; url: string }) {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) void load(url, board); }, POLL_MILLISECONDS);
    return () => clearInterval(timer);
  }, [url]);
  const changes = value === shown ? 0 : changed(shown.rows, value.rows);
  const table = useRef<HTMLTableElement>(null);
  return (
    <>
      <p role="status" style={{ minHeight: 44 }}>
        {changes > 0
          ? <button type="button" onClick={() => setShown(value)}>{plural(changes, 'change')}, show</button>
          : <span className="quiet">{plural(shown.listed, 'player')} listed.</span>}
      </p>
      <div className="scroll pane" role="region" tabIndex={0} aria-label="Ranking">
        <table ref={table}>
          <caption>{shown.board === 'overall' ? 'All races' : shown.board}</caption>
          <thead><tr><th scope="col" className="n">Rank</th><th scope="col">Name</th><th scope="col" className="n">IQ</th><th scope="col" className="n">± </th><th scope="col" className="n hide-s">Races</th><th scope="col" className="hide-s">Made by</th></tr></thead>
          <tbody>{shown.rows.map((row) => <Row key={row.user} row={row} />)}</tbody>
        </table>
      </div>
    </>
  );
}

export function Row({ row, isMarked = false }: { row: BoardRow; isMarked?: boolean }) {
  return (
    <tr aria-current={isMarked || undefined} className={isMarked ? 'on' : ''}>
      <td className="n">{row.rank}</td>
      <th scope="row"><Link href={to('u', row.user)}>{row.name ?? row.user.slice(0, 8)}</Link>{isMarked && ' ◂'}</th>
      <td className="n"><strong>{row.iq.toFixed(1)}</strong></td>
      <td className="n quiet">{row.interval === null ? '–' : row.interval.toFixed(1)}</td>
      <td className="n hide-s">{row.races}</td>
      <td className="hide-s quiet">{row.synthetic ? 'a bot' : 'a person'}</td>
    </tr>
  );
}

function changed(before: readonly BoardRow[], now: readonly BoardRow[]): number {
  const old = new Map(before.map((row) => [row.user, `${row.rank} ${row.iq} ${row.races}`]));
  return now.filter((row) => old.get(row.user) !== `${row.rank} ${row.iq} ${row.races}`).length;
}
