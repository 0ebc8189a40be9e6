/** C11: the laps of each stop's window, with the second one where the crowd is split. */
import type { WindowStop } from '../model/crowd';
import { lapRange, plural } from '../lib/format';
import { lapTicks, linear } from '../lib/scale';
import { Figure } from './Figure';
import { Patterns, XAxis } from './frame';

export function windowFinding(stops: readonly WindowStop[]): string {
  if (stops.length === 0) return 'No stop is the most likely plan.';
  return `${stops.map((stop) => `Stop ${stop.stop}: ${lapRange(stop.window.firstLap, stop.window.lastLap)}${stop.confidence === null ? '' : ` (${stop.confidence} %)`}`).join('; ')}.`;
}

export function WindowBars({ stops, laps, file, isModelOnly }: {
  stops: readonly WindowStop[]; laps: number; file: string; isModelOnly: boolean;
}) {
  const columns = [
    { name: 'Stop', value: (row: WindowStop) => row.stop },
    { name: 'First lap', value: (row: WindowStop) => row.window.firstLap },
    { name: 'Last lap', value: (row: WindowStop) => row.window.lastLap },
    { name: 'Confidence, %', value: (row: WindowStop) => row.confidence },
    { name: 'Other window', value: (row: WindowStop) => (row.otherWindow ? lapRange(row.otherWindow.firstLap, row.otherWindow.lastLap) : null), isText: true },
    { name: 'People', value: (row: WindowStop) => row.users },
  ];
  return (
    <Figure
      title="Pit windows" finding={windowFinding(stops)} columns={columns} rows={stops} file={file}
      note={isModelOnly ? 'Dashed: from the model alone, nobody has played yet.' : 'Filled: the likeliest window. Hatched: a second one, where the crowd is split.'}
    >
      {(width) => <Bars width={width} stops={stops} laps={laps} isModelOnly={isModelOnly} />}
    </Figure>
  );
}

function Bars({ width, stops, laps, isModelOnly }: { width: number; stops: readonly WindowStop[]; laps: number; isModelOnly: boolean }) {
  const [top, row, left] = [8, 46, 62];
  const bottom = top + Math.max(1, stops.length) * row;
  const x = linear([0, laps], [left, width - 12]);
  return (
    <svg viewBox={`0 0 ${width} ${bottom + 38}`} role="img" aria-label="Windows by lap; the button Table shows the numbers.">
      <Patterns />
      <XAxis scale={x} ticks={lapTicks(laps, width / 80)} y={bottom} top={top} label="lap" />
      {stops.map(({ stop, window: range, otherWindow, users }, index) => {
        const y = top + index * row + 8;
        const middle = (x(range.firstLap - 1) + x(range.lastLap)) / 2;
        return (
          <g key={stop}>
            <text x={left - 8} y={y + 20} className="e">Stop {stop}</text>
            {otherWindow && <rect x={x(otherWindow.firstLap - 1)} y={y} width={x(otherWindow.lastLap) - x(otherWindow.firstLap - 1)} height="30" rx="4" fill="url(#hatch-mut)" className="edge" />}
            <rect
              x={x(range.firstLap - 1)} y={y} width={x(range.lastLap) - x(range.firstLap - 1)} height="30" rx="4"
              fill={isModelOnly ? 'none' : 'var(--gain)'} fillOpacity=".45" stroke="var(--gain)" strokeWidth="2" strokeDasharray={isModelOnly ? '5 4' : undefined}
            />
            <text x={middle} y={y + 20} className="c b halo">{range.firstLap}–{range.lastLap}</text>
            <title>{plural(users, 'person', 'people')}</title>
          </g>
        );
      })}
    </svg>
  );
}
