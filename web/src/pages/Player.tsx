/** One player among the neighbours. */
import { BASE, useAnswer } from '../lib/api';
import { Link, to } from '../lib/router';
import { board } from '../model/board';
import { Source, Title } from '../parts/Page';
import type { PageProps } from '../parts/pages';
import { Empty, Loaded } from '../parts/States';
import { Row } from './Leaderboard';

export default function Player({ parameters }: PageProps) {
  const id = parameters.id ?? '';
  const url = `${BASE}/leaderboard/around/${encodeURIComponent(id)}`;
  const answer = useAnswer(url, board);
  const own = answer.value?.rows.find((row) => row.user === id);
  const name = own?.name ?? 'A player';
  const audit = <Link className="button" href={to('audit', 'user', id)}>All decisions</Link>;
  if (answer.problem?.code === 'unknown-user') {
    return <><Title title="A player">A player</Title><Empty title="Not on the leaderboard"><p>{answer.problem.detail}</p>{audit}</Empty></>;
  }
  return (
    <>
      <Title title={name}>{name}</Title>
      <Loaded answer={answer} what="the neighbours">
        {(value) => (
          <>
            {own && <p className="verdict">Rank {own.rank} of {value.listed}, Strategy IQ {own.iq.toFixed(1)}{own.interval === null ? '' : ` ± ${own.interval.toFixed(1)}`} from {own.races} races.</p>}
            <div className="row">{audit}<Link className="button" href="/leaderboard">Leaderboard</Link></div>
            <div className="scroll pane" role="region" tabIndex={0} aria-label="Neighbours">
              <table>
                <caption>Around {name}</caption>
                <thead><tr><th scope="col" className="n">Rank</th><th scope="col">Name</th><th scope="col" className="n">IQ</th><th scope="col" className="n">±</th><th scope="col" className="n hide-s">Races</th><th scope="col" className="hide-s">Made by</th></tr></thead>
                <tbody>{value.rows.map((row) => <Row key={row.user} row={row} isMarked={row.user === id} />)}</tbody>
              </table>
            </div>
            <Source url={url} />
          </>
        )}
      </Loaded>
    </>
  );
}
