/** C10: strategies, best first: tyres by lap, joins as ranges, what each costs against the best. */
import { interval, lapRange, percent, seconds } from '../lib/format';
import { lapTicks, linear } from '../lib/scale';
import type { Scale } from '../lib/scale';
import { letter, spoken, stints } from '../model/plan';
import type { Candidate } from '../model/strategies';
import { Figure } from './Figure';
import { Patterns, XAxis } from './frame';

/** The best one and how far the others are. */
export function candidatesFinding(rows: readonly Candidate[]): string {
  const [best, second] = rows;
  if (!best) return 'There is no legal strategy to compare.';
  const next = second ? `; ${words(second)} is ${seconds(second.milliseconds - best.milliseconds)} from it` : '';
  return `Best: ${words(best)}${next}.`;
}

const words = ({ start, stops, windows }: Candidate) => {
  const parts = stops.map((stop, index) => {
    const range = windows[index];
    return `${spoken(stop.compound)} after ${range ? lapRange(range.firstLap, range.lastLap) : `lap ${stop.lap}`}`;
  });
  return [spoken(start), ...parts].join(', ');
};

export function Candidates({ title = 'Strategies', rows, laps, file, note, unit = 'Against the best, s' }: {
  title?: string; rows: readonly Candidate[]; laps: number; file: string; note: string; unit?: string;
}) {
  const columns = [
    { name: 'Strategy', value: (row: Candidate) => (row.name ? `${row.name}: ${words(row)}` : words(row)), isText: true },
    { name: unit, value: (row: Candidate) => row.milliseconds / 1000, show: (row: Candidate) => seconds(row.milliseconds) },
    ...(rows.some((row) => row.interval) ? [
      { name: 'From, s', value: (row: Candidate) => (row.interval ? row.interval.low / 1000 : null) },
      { name: 'To, s', value: (row: Candidate) => (row.interval ? row.interval.high / 1000 : null) },
    ] : []),
    ...(rows.some(({ share }) => share !== null) ? [
      { name: 'Share of good runs, %', value: (row: Candidate) => (row.share === null ? null : Math.round(row.share * 100)) },
      { name: 'Runs', value: (row: Candidate) => row.runs },
    ] : []),
  ];
  return (
    <Figure title={title} finding={candidatesFinding(rows)} columns={columns} rows={rows} file={file} note={note}>
      {(width) => <Bars width={width} rows={rows} laps={laps} />}
    </Figure>
  );
}

const BAR = 22;
const TOP = 26;

function Bars({ width, rows, laps }: { width: number; rows: readonly Candidate[]; laps: number }) {
  const isNarrow = width < 620;
  const hasRuns = rows.some(({ share }) => share !== null);
  const hasIntervals = rows.some((each) => each.interval);
  const right = width - (isNarrow ? 12 : hasIntervals ? 215 : hasRuns ? 190 : 90);
  const named = Math.max(0, ...rows.map(({ name }) => name.length));
  const left = isNarrow ? 8 : Math.max(24, named * 7.5 + 14);
  const row = isNarrow ? 48 : 34;
  const bottom = TOP + Math.max(1, rows.length) * row;
  const x = linear([0, laps], [left, right]);
  if (rows.length === 0) return <p className="quiet">There is nothing to draw.</p>;
  return (
    <svg viewBox={`0 0 ${width} ${bottom + 38}`} role="img" aria-label="Tyres by lap with ranges for the stops; the button Table shows the numbers.">
      <Patterns />
      <XAxis scale={x} ticks={lapTicks(laps, width / 90)} y={bottom} top={TOP} label="lap" />
      {!isNarrow && <text x={right + 82} y={16} className="m e">cost</text>}
      {!isNarrow && hasRuns && <text x={width - 6} y={16} className="m e">good runs</text>}
      {rows.map((each, index) => {
        const y = TOP + index * row + (isNarrow ? 18 : 4);
        const runs = each.share === null ? '' : `${percent(each.share)}, ${each.runs}`;
        const range = each.interval ? interval(each.interval.low, each.interval.high) : '';
        const name = each.name || String(index + 1);
        return (
          <g key={`${name}${index}`}>
            <text x={isNarrow ? left : left - 8} y={isNarrow ? y - 5 : y + 16} className={`${isNarrow ? '' : 'e'} ${index === 0 ? 'b' : ''}`}>{isNarrow ? `${name} · ${seconds(each.milliseconds)}${range && ` ${range}`}${runs && ` · ${runs}`}` : name}</text>
            <Plan candidate={each} laps={laps} x={x} y={y} />
            {!isNarrow && <text x={right + 82} y={y + 16} className="e b">{seconds(each.milliseconds)}</text>}
            {!isNarrow && runs && <text x={width - 6} y={y + 16} className="e">{runs}</text>}
            {!isNarrow && range && <text x={right + 90} y={y + 16} className="m">{range}</text>}
          </g>
        );
      })}
    </svg>
  );
}

function Plan({ candidate, laps, x, y }: { candidate: Candidate; laps: number; x: Scale; y: number }) {
  return (
    <>
      {stints(candidate, laps).map((stint) => {
        const name = letter(stint.compound || null);
        return (
          <g key={stint.first}>
            <rect x={x(stint.first - 1)} y={y} width={Math.max(2, x(stint.last) - x(stint.first - 1) - 1.5)} height={BAR} rx="3" className={`edge ${name === '?' ? 'f-U' : `f-${name}`}`} />
            <text x={(x(stint.first - 1) + x(stint.last)) / 2} y={y + 15.5} className="c k">{name}</text>
          </g>
        );
      })}
      {candidate.windows.map((range) => {
        const [from, to] = [x(range.firstLap - 1), x(range.lastLap)];
        return <path key={`${range.firstLap}`} d={`M${from} ${y - 3}v${BAR + 6}M${to} ${y - 3}v${BAR + 6}M${from} ${y - 3}H${to}M${from} ${y + BAR + 3}H${to}`} className="range" />;
      })}
    </>
  );
}
