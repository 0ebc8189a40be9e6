/** C4: who drove which tyres for how long. */
import type { CarLaps } from '../model/races';
import type { LapKind } from '../model/autopsy';
import { letter, spoken, stints } from '../model/plan';
import type { Plan, Stint } from '../model/plan';
import { plural } from '../lib/format';
import { lapTicks, linear } from '../lib/scale';
import { Figure } from './Figure';
import { FlagBands, Patterns, XAxis } from './frame';

export interface StrategyRow {
  readonly name: string;
  readonly stints: readonly Stint[];
  readonly isChosen?: boolean;
}

/** The stints a car really drove: a new one where the tyres changed, not at each pass through the pit lane. */
export function drivenStints({ laps }: CarLaps): Stint[] {
  const found: { compound: string; first: number; last: number; age: number; number: number | null }[] = [];
  for (const { lap, compound, stint, tyreLaps } of laps) {
    const open = found[found.length - 1];
    const name = compound ?? '';
    if (open && open.compound === name && open.number === stint) open.last = lap;
    else found.push({ compound: name, first: lap, last: lap, age: Math.max(0, (tyreLaps ?? 1) - 1), number: stint });
  }
  return found.map(({ compound, first, last, age }) => ({ compound, first, last, age }));
}

export const planRow = (name: string, plan: Plan, laps: number, isChosen = false): StrategyRow =>
  ({ name, stints: stints(plan, laps), isChosen });

interface FlatStint extends Stint { readonly name: string }

export function StrategyBars({ title, finding, rows, laps, bands, file }: {
  title: string; finding: string; rows: readonly StrategyRow[]; laps: number;
  bands: readonly { kind: LapKind; first: number; last: number }[]; file: string;
}) {
  const flat: FlatStint[] = rows.flatMap((row) => row.stints.map((stint) => ({ name: row.name, ...stint })));
  const columns = [
    { name: 'Car', value: (row: FlatStint) => row.name, isText: true },
    { name: 'Tyre', value: (row: FlatStint) => spoken(row.compound || null), isText: true },
    { name: 'From lap', value: (row: FlatStint) => row.first },
    { name: 'To lap', value: (row: FlatStint) => row.last },
    { name: 'Age at start', value: (row: FlatStint) => row.age },
  ];
  return (
    <Figure
      title={title} finding={finding} columns={columns} rows={flat} file={file}
      note="Letter and laps in the bar; hatched where the set was used before."
    >
      {(width) => <Bars width={width} rows={rows} laps={laps} bands={bands} />}
    </Figure>
  );
}

/** How many stops how many cars made. */
export function stopsFinding(rows: readonly StrategyRow[]): string {
  const byStops = new Map<number, number>();
  for (const row of rows) {
    const stops = Math.max(0, row.stints.length - 1);
    byStops.set(stops, (byStops.get(stops) ?? 0) + 1);
  }
  const most = [...byStops.entries()].sort((a, b) => b[1] - a[1])[0];
  return most ? `${most[1]} of ${rows.length} cars used ${plural(most[0] + 1, 'set')} of tyres, more than any other number.` : 'No laps are known.';
}

const ROW = 26;
const TOP = 22;

function Bars({ width, rows, laps, bands }: {
  width: number; rows: readonly StrategyRow[]; laps: number;
  bands: readonly { kind: LapKind; first: number; last: number }[];
}) {
  const isNarrow = width < 560;
  const longest = Math.max(3, ...rows.map(({ name }) => name.length));
  const isAbove = isNarrow && longest > 5;
  const left = isAbove ? 4 : Math.max(44, longest * 8 + 10);
  const row = isAbove ? ROW + 18 : ROW;
  const bottom = TOP + rows.length * row;
  const x = linear([0, laps], [left, width - 8]);
  return (
    <svg viewBox={`0 0 ${width} ${bottom + 38}`} role="img" aria-label="Tyres by lap; the button Table shows the numbers.">
      <Patterns />
      <XAxis scale={x} ticks={lapTicks(laps, width / 80)} y={bottom} top={TOP} label="lap" />
      {rows.map(({ name, stints: bars, isChosen }, index) => {
        const y = TOP + index * row + (isAbove ? 16 : 0);
        return (
          <g key={name}>
            <text x={isAbove ? 4 : left - 8} y={isAbove ? y - 2 : y + 18} className={`${isAbove ? '' : 'e'} ${isChosen ? 'b' : ''}`}>{isChosen ? `▸ ${name}` : name}</text>
            {bars.map((stint) => <Bar key={stint.first} stint={stint} x={x(stint.first - 1)} width={x(stint.last) - x(stint.first - 1)} y={y + 3} />)}
          </g>
        );
      })}
      <FlagBands bands={bands} x={x} top={TOP} bottom={bottom} />
    </svg>
  );
}

function Bar({ stint, x, y, width }: { stint: Stint; x: number; y: number; width: number }) {
  const name = letter(stint.compound || null);
  const text = `${name} ${stint.last - stint.first + 1}`;
  const isWide = width > text.length * 8 + 4;
  return (
    <g>
      <rect x={x} y={y} width={Math.max(2, width - 1.5)} height={ROW - 6} rx="3" className={`edge ${name === '?' ? 'f-U' : `f-${name}`}`} />
      {stint.age > 0 && <rect x={x} y={y} width={Math.max(2, width - 1.5)} height={ROW - 6} rx="3" fill="url(#hatch-used)" />}
      {(isWide || width > 14) && <text x={x + width / 2} y={y + 14.5} className="c k">{isWide ? text : name}</text>}
    </g>
  );
}
