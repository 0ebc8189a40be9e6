/** C3: seconds behind the leader, lap by lap, with a cursor that is read by keyboard and pointer. */
import { useMemo, useState } from 'react';
import type { CarLaps } from '../model/races';
import type { LapKind } from '../model/autopsy';
import { seconds, span } from '../lib/format';
import { lapTicks, linear, path, spread, ticks } from '../lib/scale';
import type { Scale } from '../lib/scale';
import { CompoundMark } from '../parts/Tyre';
import { Figure } from './Figure';
import { FlagBands, XAxis, YAxis } from './frame';
import { LapCursor } from './LapCursor';

export interface GapLine {
  readonly code: string;
  /** ms behind the first car over the line, by lap; index 0 is lap 1. */
  readonly gaps: readonly (number | null)[];
  readonly changes: readonly { lap: number; compound: string | null }[];
}

/** Gaps of every car, also of lapped ones: its time over the line less that of the first car on the same lap. */
export function gapLines(cars: readonly CarLaps[], laps: number): GapLine[] {
  const first = Array.from({ length: laps }, (_, index) => {
    const times = cars.map((car) => car.laps.find(({ lap }) => lap === index + 1)?.elapsed ?? Infinity);
    return Math.min(...times);
  });
  return cars.map(({ code, laps: driven }) => {
    const byLap = new Map(driven.map((lap) => [lap.lap, lap]));
    const gaps = first.map((leader, index) => {
      const elapsed = byLap.get(index + 1)?.elapsed ?? null;
      return elapsed === null || !Number.isFinite(leader) ? null : elapsed - leader;
    });
    const changes = driven.filter((lap) => lap.isPitOut).map(({ lap, compound }) => ({ lap, compound }));
    return { code, gaps, changes };
  });
}

const CUT = 90_000;

export function GapTrace({ cars, laps, bands, focus, lap, setLap, file }: {
  cars: readonly CarLaps[]; laps: number; bands: readonly { kind: LapKind; first: number; last: number }[];
  focus: readonly string[]; lap: number; setLap: (lap: number) => void; file: string;
}) {
  const [isWhole, setIsWhole] = useState(false);
  const lines = useMemo(() => gapLines(cars, laps), [cars, laps]);
  const inFocus = focus.flatMap((code) => lines.filter((line) => line.code === code)).slice(0, 3);
  const columns = [
    { name: 'Lap', value: (row: number) => row },
    ...inFocus.map((line) => ({
      name: `${line.code} behind, s`,
      value: (row: number) => { const gap = line.gaps[row - 1]; return gap === null || gap === undefined ? null : gap / 1000; },
      show: (row: number) => { const gap = line.gaps[row - 1]; return gap === null || gap === undefined ? '–' : seconds(gap, 3); },
    })),
  ];
  const rows = Array.from({ length: laps }, (_, index) => index + 1);
  return (
    <Figure
      title="Gap to the leader" finding={gapFinding(inFocus)} columns={columns} rows={rows} file={file}
      note="Gaps of lapped cars are computed. Shapes are tyre changes: ● soft, ■ medium, ▲ hard, ◆ intermediate, ★ wet. Bands: SC safety car, VSC virtual, RED red flag."
      controls={<button type="button" aria-pressed={isWhole} onClick={() => setIsWhole(!isWhole)}>Show all, beyond 90 s</button>}
    >
      {(width) => (
        <Drawing width={width} lines={lines} inFocus={inFocus} laps={laps} bands={bands} isWhole={isWhole} lap={lap} setLap={setLap} />
      )}
    </Figure>
  );
}

/** Where the first car in focus was closest, and where it lost most within ten laps. */
export function gapFinding(lines: readonly GapLine[]): string {
  const line = lines[0];
  const known = line?.gaps.flatMap((gap, index) => (gap === null ? [] : [{ lap: index + 1, gap }])) ?? [];
  const last = known[known.length - 1];
  if (!line || !last) return 'There are no lap times to draw gaps from.';
  const lead = known.filter(({ gap }) => gap === 0).length;
  if (lead > 0) return `${line.code} was first over the line on ${lead} of ${known.length} laps and ${span(last.gap)} behind on the last.`;
  let worst = { lap: last.lap, loss: 0 };
  for (const { lap, gap } of known) {
    const before = known.find((other) => other.lap === lap - 5);
    if (before && gap - before.gap > worst.loss) worst = { lap, loss: gap - before.gap };
  }
  const most = worst.loss > 0 ? `; its costliest five laps, ${worst.lap - 4}–${worst.lap}, cost ${span(worst.loss)}` : '';
  return `${line.code} ended ${span(last.gap)} behind the first car on its last lap${most}.`;
}

function Drawing({ width, lines, inFocus, laps, bands, isWhole, lap, setLap }: {
  width: number; lines: readonly GapLine[]; inFocus: readonly GapLine[]; laps: number;
  bands: readonly { kind: LapKind; first: number; last: number }[]; isWhole: boolean; lap: number;
  setLap: (lap: number) => void;
}) {
  const height = width < 560 ? 300 : 380;
  const [top, bottom, left, right] = [30, height - 44, 44, width - 44];
  const all = lines.flatMap(({ gaps }) => gaps.filter((gap): gap is number => gap !== null));
  const most = Math.max(10_000, ...inFocus.flatMap(({ gaps }) => gaps.map((gap) => gap ?? 0)), ...(isWhole ? all : []));
  const limit = isWhole ? most : Math.min(most * 1.08, CUT);
  const x = useMemo(() => linear([0, laps], [left, right]), [laps, left, right]);
  const y = useMemo(() => linear([0, limit], [top, bottom]), [limit, top, bottom]);
  const spoken = `Lap ${lap}: ${inFocus.map(({ code, gaps }) => `${code} ${gapWords(gaps[lap - 1])}`).join(', ')}`;
  return (
    <>
      <p className="reading">{spoken}</p>
      <svg viewBox={`0 0 ${width} ${height}`} role="group" aria-label="Gaps by lap; the button Table shows the numbers.">
        <FlagBands bands={bands} x={x} top={top} bottom={bottom} />
        <XAxis scale={x} ticks={lapTicks(laps, width / 80)} y={bottom} top={top} label="lap" />
        <YAxis scale={y} ticks={ticks(0, limit, 5)} x={left} right={right} label="s behind" format={(value) => String(value / 1000)} />
        <Lines lines={lines} inFocus={inFocus} x={x} y={y} limit={limit} right={right} />
        <LapCursor x={x} top={top} bottom={bottom} lap={lap} first={1} last={laps} setLap={setLap} text={spoken} label="Lap" />
      </svg>
    </>
  );
}

const gapWords = (gap: number | null | undefined) =>
  gap === null || gap === undefined ? 'not running' : gap === 0 ? 'leads' : seconds(gap);

function Lines({ lines, inFocus, x, y, limit, right }: {
  lines: readonly GapLine[]; inFocus: readonly GapLine[]; x: Scale; y: Scale; limit: number; right: number;
}) {
  const trace = ({ gaps }: GapLine) => path(gaps.map((gap, index) => ({
    x: x(index + 1), y: gap === null || gap > limit ? null : y(gap),
  })));
  const ends = inFocus.map(({ gaps }) => {
    const last = gaps.reduce<number>((found, gap) => gap ?? found, 0);
    return y(Math.min(last, limit));
  });
  const places = spread(ends, 15, y(0), y(limit));
  return (
    <g aria-hidden="true">
      {lines.filter((line) => !inFocus.includes(line)).map((line) => <path key={line.code} d={trace(line)} className="line rest" />)}
      {[...inFocus].reverse().map((line) => {
        const index = inFocus.indexOf(line);
        return (
          <g key={line.code}>
            <path d={trace(line)} className="line halo" />
            <path d={trace(line)} className={`line l${index + 1}`} />
            {line.changes.map(({ lap, compound }) => {
              const gap = line.gaps[lap - 1];
              return gap === null || gap === undefined || gap > limit ? null
                : <CompoundMark key={lap} compound={compound} x={x(lap)} y={y(gap)} r={5} />;
            })}
            <text x={right + 6} y={(places[index] ?? 0) + 4} className="b halo">{line.code}</text>
          </g>
        );
      })}
    </g>
  );
}
