/** C2: how the loss is shared out, in whole per cent that sum to 100. */
import type { Cost } from '../model/autopsy';
import { listed, seconds } from '../lib/format';
import { Figure } from './Figure';
import { Patterns } from './frame';

interface Share {
  readonly title: string;
  readonly cause: string;
  readonly percent: number;
  readonly milliseconds: number;
}

/** Shares of the gross loss, whole per cent as the server gives them; gains have none. */
export function shares(costs: readonly Cost[]): Share[] {
  return costs
    .filter(({ share }) => share !== null && share > 0)
    .map(({ title, cause, milliseconds, share }) => ({ title, cause, milliseconds, percent: share ?? 0 }));
}

export function BlameBars({ costs, file }: { costs: readonly Cost[]; file: string }) {
  const rows = shares(costs);
  const most = [...rows].sort((a, b) => b.percent - a.percent)[0];
  const gains = costs.filter(({ milliseconds }) => milliseconds < 0);
  const finding = most
    ? `${most.title} carries ${most.percent} % of the gross loss${most.cause === 'unexplained' ? ', which says more about the model than about the driver' : ''}.`
    : 'No cause carries a loss, so there is nothing to blame.';
  const columns = [
    { name: 'Cause', value: (row: Share) => row.title, isText: true },
    { name: 'Share of gross loss, %', value: (row: Share) => row.percent },
    { name: 'Seconds', value: (row: Share) => row.milliseconds / 1000, show: (row: Share) => seconds(row.milliseconds, 3) },
  ];
  const note = gains.length > 0
    ? `Won back, and no part of the blame: ${listed(gains.map(({ title, milliseconds }) => `${title.toLowerCase()} ${seconds(milliseconds)}`))}.`
    : undefined;
  return (
    <Figure title="Who is to blame" finding={finding} columns={columns} rows={rows} file={file} note={note}>
      {(width) => <Bars width={width} rows={rows} />}
    </Figure>
  );
}

function Bars({ width, rows }: { width: number; rows: readonly Share[] }) {
  const isNarrow = width < 560;
  const left = isNarrow ? 4 : 150;
  const room = width - left - 60;
  const row = isNarrow ? 46 : 32;
  return (
    <svg viewBox={`0 0 ${width} ${Math.max(30, rows.length * row + 6)}`} role="img" aria-label="Blame in per cent; the button Table shows the numbers.">
      <Patterns />
      {rows.map(({ title, cause, percent }, index) => {
        const y = index * row;
        const barTop = isNarrow ? y + 20 : y + 4;
        return (
          <g key={cause}>
            <text x={isNarrow ? 4 : 142} y={isNarrow ? y + 15 : y + 20} className={isNarrow ? '' : 'e'}>{title}</text>
            <rect x={left} y={barTop} width={room} height="20" fill="none" className="edge" opacity=".35" />
            <rect x={left} y={barTop} width={(room * percent) / 100} height="20" fill={cause === 'unexplained' ? 'url(#hatch-tot)' : 'var(--loss)'} />
            <text x={width - 4} y={barTop + 15} className="e b">{percent} %</text>
          </g>
        );
      })}
    </svg>
  );
}
