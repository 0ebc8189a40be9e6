/** C3: seconds behind the leader, behind one car, or against an even pace, lap by lap. */
import { useMemo, useState } from 'react';
import type { CarLaps } from '../model/races';
import { seconds, span } from '../lib/format';
import { Figure } from './Figure';
import { Traces } from './Traces';
import type { Bands, Trace } from './Traces';

/** Gaps of every car, also of lapped ones: its time over the line less that of the first car on the same lap. */
export function gapLines(cars: readonly CarLaps[], laps: number): Trace[] {
  const first = Array.from({ length: laps }, (_, index) => {
    const times = cars.map((car) => car.laps.find(({ lap }) => lap === index + 1)?.elapsed ?? Infinity);
    return Math.min(...times);
  });
  return cars.map((car) => ({
    code: car.code, changes: changesOf(car),
    values: timesOf(car, laps).map((elapsed, index) => {
      const leader = first[index] ?? Infinity;
      return elapsed === null || !Number.isFinite(leader) ? null : elapsed - leader;
    }),
  }));
}

export const changesOf = ({ laps }: CarLaps) => laps.filter((lap) => lap.isPitOut).map(({ lap, compound }) => ({ lap, compound }));

function timesOf({ laps: driven }: CarLaps, laps: number): (number | null)[] {
  const byLap = new Map(driven.map((lap) => [lap.lap, lap.elapsed]));
  return Array.from({ length: laps }, (_, index) => byLap.get(index + 1) ?? null);
}

/** The same gaps with one car at zero: negative is ahead of it. */
export function behindCar(lines: readonly Trace[], code: string): Trace[] {
  const zero = lines.find((line) => line.code === code)?.values ?? [];
  return lines.map((line) => ({
    ...line, values: line.values.map((gap, index) => { const at = zero[index] ?? null; return gap === null || at === null ? null : gap - at; }),
  }));
}

/** Time lost to a race driven at the mean pace of the car that drove the most laps soonest: down is slower than that. */
export function againstPace(cars: readonly CarLaps[], laps: number): Trace[] {
  const ends = cars.map(({ laps: own }) => own[own.length - 1]).filter((lap) => lap?.elapsed != null);
  const last = ends.sort((a, b) => (b?.lap ?? 0) - (a?.lap ?? 0) || (a?.elapsed ?? 0) - (b?.elapsed ?? 0))[0];
  const mean = last?.elapsed ? last.elapsed / last.lap : 0;
  return cars.map((car) => ({
    code: car.code, changes: changesOf(car),
    values: timesOf(car, laps).map((elapsed, index) => (elapsed === null ? null : Math.round(elapsed - mean * (index + 1)))),
  }));
}

const known = (of: readonly Trace[]) => of.flatMap(({ values }) => values.filter((gap): gap is number => gap !== null));

const CUT = 90_000;
type View = 'leader' | 'car' | 'pace';

export function GapTrace({ cars, laps, bands, focus, lap, setLap, file }: {
  cars: readonly CarLaps[]; laps: number; bands: Bands; focus: readonly string[]; lap: number; setLap: (lap: number) => void;
  file: string;
}) {
  const [view, setView] = useState<View>('leader');
  const [isWhole, setIsWhole] = useState(false);
  const own = focus[0] ?? '';
  const gaps = useMemo(() => gapLines(cars, laps), [cars, laps]);
  const lines = useMemo(
    () => (view === 'leader' ? gaps : view === 'car' ? behindCar(gaps, own) : againstPace(cars, laps)), [view, gaps, own, cars, laps]);
  const inFocus = inOrder(lines, focus);
  const unit = { leader: 'behind', car: `behind ${own}`, pace: 'to even pace' }[view];
  const columns = [
    { name: 'Lap', value: (row: number) => row },
    ...inFocus.map((line) => ({
      name: `${line.code} ${unit}, s`,
      value: (row: number) => { const gap = line.values[row - 1]; return gap === null || gap === undefined ? null : gap / 1000; },
      show: (row: number) => { const gap = line.values[row - 1]; return gap === null || gap === undefined ? '–' : seconds(gap, 3); },
    })),
  ];
  const shown = known(isWhole ? lines : inFocus);
  const [least, most] = [Math.min(0, ...shown), Math.max(view === 'leader' ? 10_000 : 2000, ...shown)];
  const limit = isWhole ? most : Math.min(most * 1.08, CUT);
  const words = (gap: number | null) => (gap === null ? 'not running' : gap === 0 && view === 'leader' ? 'leads' : seconds(gap));
  const choice = (name: View, text: string) => <button type="button" aria-pressed={view === name} onClick={() => setView(name)}>{text}</button>;
  return (
    <Figure
      title="Gap to the leader" finding={gapFinding(inOrder(gaps, focus))} columns={columns}
      rows={Array.from({ length: laps }, (_, index) => index + 1)} file={file}
      note={`${view === 'pace' ? 'Against a race at the mean pace of the first car: a line that falls is slower than that, a jump down is a stop. ' : ''}Gaps of lapped cars are computed. Shapes are tyre changes: ● soft, ■ medium, ▲ hard, ◆ intermediate, ★ wet. Bands: SC safety car, VSC virtual, RED red flag.`}
      controls={(
        <>
          {choice('leader', 'To the leader')}{choice('car', `To ${own}`)}{choice('pace', 'Engineer view')}
          <button type="button" aria-pressed={isWhole} onClick={() => setIsWhole(!isWhole)}>Show all, beyond 90 s</button>
        </>
      )}
    >
      {(width) => (
        <Traces
          width={width} traces={lines} focus={inFocus} laps={laps} bands={bands} from={view === 'leader' ? 0 : Math.max(least * 1.08, -CUT)} to={limit}
          label={view === 'pace' ? 's slower than even ↓' : 's behind'} format={(value) => String(value / 1000).replace('-', '−')} words={words} lap={lap} setLap={setLap} name="Gaps"
        />
      )}
    </Figure>
  );
}

const inOrder = (lines: readonly Trace[], focus: readonly string[]): Trace[] =>
  focus.flatMap((code) => lines.filter((line) => line.code === code)).slice(0, 3);

/** Where the first car in focus was closest, and where it lost most within five laps. */
export function gapFinding(lines: readonly Trace[]): string {
  const line = lines[0];
  const laps = line?.values.flatMap((gap, index) => (gap === null ? [] : [{ lap: index + 1, gap }])) ?? [];
  const last = laps[laps.length - 1];
  if (!line || !last) return 'There are no lap times to draw gaps from.';
  const lead = laps.filter(({ gap }) => gap === 0).length;
  if (lead > 0) return `${line.code} was first over the line on ${lead} of ${laps.length} laps and ${span(last.gap)} behind on the last.`;
  let worst = { lap: last.lap, loss: 0 };
  for (const { lap, gap } of laps) {
    const before = laps.find((other) => other.lap === lap - 5);
    if (before && gap - before.gap > worst.loss) worst = { lap, loss: gap - before.gap };
  }
  const most = worst.loss > 0 ? `; its costliest five laps, ${worst.lap - 4}–${worst.lap}, cost ${span(worst.loss)}` : '';
  return `${line.code} ended ${span(last.gap)} behind the first car on its last lap${most}.`;
}
