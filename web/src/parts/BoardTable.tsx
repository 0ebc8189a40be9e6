/** Rows of the leaderboard, and what they were a week ago or would be under other rules. */
import { Link, to } from '../lib/router';
import type { BoardRow } from '../model/board';

/** What stands beside a row. */
export interface Beside {
  readonly heading: string;
  readonly cell: (row: BoardRow) => string;
}

export function BoardTable({ caption, rows, marked = null, beside = [] }: {
  caption: string; rows: readonly BoardRow[]; marked?: string | null; beside?: readonly Beside[];
}) {
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col" className="n">Rank</th><th scope="col">Name</th><th scope="col" className="n">IQ</th><th scope="col" className="n hide-s">± </th>
          {beside.map(({ heading }) => <th key={heading} scope="col" className="n"><span style={{ display: 'inline-block', minWidth: 72 }}>{heading}</span></th>)}
          <th scope="col" className="n hide-s">Races</th><th scope="col" className="hide-s">Made by</th>
        </tr>
      </thead>
      <tbody>{rows.map((row) => <Row key={row.user} row={row} isMarked={row.user === marked} beside={beside} />)}</tbody>
    </table>
  );
}

function Row({ row, isMarked, beside }: { row: BoardRow; isMarked: boolean; beside: readonly Beside[] }) {
  return (
    <tr aria-current={isMarked || undefined} className={isMarked ? 'on' : ''}>
      <td className="n">{row.rank}</td>
      <th scope="row"><Link href={to('u', row.name ?? row.user)}>{row.name ?? row.user.slice(0, 8)}</Link>{isMarked && ' ◂'}</th>
      <td className="n"><strong>{row.iq.toFixed(1)}</strong></td>
      <td className="n quiet hide-s">{row.interval === null ? '–' : row.interval.toFixed(1)}</td>
      {beside.map(({ heading, cell }) => <td key={heading} className="n">{cell(row)}</td>)}
      <td className="n hide-s">{row.races}</td>
      <td className="hide-s quiet">{row.synthetic ? 'a bot' : 'a person'}</td>
    </tr>
  );
}
