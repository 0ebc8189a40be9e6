/** Plain bars from a common zero, with whiskers where there is an interval, and the value beside each. */
import type { ReactNode } from 'react';
import { Figure } from './Figure';
import { Patterns } from './frame';

export interface HBar {
  readonly name: string;
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  readonly text: string;
}

export function HBars({ title, finding, rows, unit, file, note, most }: {
  title: string; finding: string; rows: readonly HBar[]; unit: string; file: string; note?: ReactNode; most?: number;
}) {
  const columns = [
    { name: 'Name', value: (row: HBar) => row.name, isText: true }, { name: unit, value: (row: HBar) => row.value, show: (row: HBar) => row.text },
    { name: 'Low', value: (row: HBar) => row.low ?? null }, { name: 'High', value: (row: HBar) => row.high ?? null },
  ];
  return (
    <Figure title={title} finding={finding} columns={columns} rows={rows} file={file} note={note}>
      {(width) => <Bars width={width} rows={rows} most={most} title={title} />}
    </Figure>
  );
}

function Bars({ width, rows, most, title }: { width: number; rows: readonly HBar[]; most: number | undefined; title: string }) {
  const isNarrow = width < 460;
  const left = isNarrow ? 4 : 20 + Math.max(...rows.map(({ name }) => name.length)) * 7.5;
  const row = isNarrow ? 46 : 32;
  const end = 20 + Math.max(...rows.map(({ text }) => text.length)) * 7.5;
  const room = Math.max(40, width - left - end);
  const high = most ?? Math.max(1e-9, ...rows.map(({ value, high: top }) => Math.max(Math.abs(value ?? 0), top ?? 0)));
  const x = (value: number) => left + (Math.min(high, Math.abs(value)) / high) * room;
  return (
    <svg viewBox={`0 0 ${width} ${rows.length * row + 6}`} role="img" aria-label={`${title}; the button Table shows the numbers.`}>
      <Patterns />
      {rows.map(({ name, value, low, high: top, text }, index) => {
        const y = index * row + (isNarrow ? 20 : 4);
        const isGain = value !== null && value < 0;
        return (
          <g key={name}>
            <text x={isNarrow ? 4 : left - 8} y={isNarrow ? y - 5 : y + 16} className={isNarrow ? '' : 'e'}>{name}</text>
            {value !== null && <rect x={left} y={y} width={x(value) - left} height="20" fill={isGain ? 'url(#hatch-gain)' : 'var(--tot)'} />}
            {low !== null && low !== undefined && top !== null && top !== undefined && low >= 0 && (
              <path className="whisker" d={`M${x(low)} ${y + 5}v10M${x(low)} ${y + 10}H${x(top)}M${x(top)} ${y + 5}v10`} />
            )}
            <text x={width - 4} y={y + 16} className="e b">{text}</text>
          </g>
        );
      })}
    </svg>
  );
}
