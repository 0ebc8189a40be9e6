/** C6: places lap by lap, one line a car. */
import { useMemo } from 'react';
import type { CarLaps } from '../model/races';
import { plural } from '../lib/format';
import { changesOf } from './GapTrace';
import { Figure } from './Figure';
import { Traces } from './Traces';
import type { Bands, Trace } from './Traces';

/** Order over the line on each lap, by time where the data have no place. */
export function placeLines(cars: readonly CarLaps[], laps: number): Trace[] {
  const byCode = cars.map((car) => new Map(car.laps.map((lap) => [lap.lap, lap])));
  const places = cars.map(() => Array.from({ length: laps }, (): number | null => null));
  for (let lap = 1; lap <= laps; lap += 1) {
    const times = byCode.map((own) => own.get(lap)?.elapsed ?? null);
    const order = times.filter((time): time is number => time !== null).sort((a, b) => a - b);
    for (const [index, time] of times.entries()) {
      const given = byCode[index]?.get(lap)?.place ?? null;
      (places[index] as (number | null)[])[lap - 1] = given ?? (time === null ? null : order.indexOf(time) + 1);
    }
  }
  return cars.map((car, index) => ({ code: car.code, values: places[index] ?? [], changes: changesOf(car) }));
}

/** What the car in focus made of its place. */
export function placeFinding(line: Trace | undefined): string {
  const known = line?.values.filter((place): place is number => place !== null) ?? [];
  const [first, last] = [known[0], known[known.length - 1]];
  if (!line || first === undefined || last === undefined) return 'There are no places to draw.';
  const [best, worst] = [Math.min(...known), Math.max(...known)];
  const net = first - last;
  const change = net === 0 ? 'ended where it was after lap 1' : `${net > 0 ? 'gained' : 'lost'} ${plural(Math.abs(net), 'place')} after lap 1`;
  return `${line.code} ${change}, P${first} to P${last}; between P${best} and P${worst} on the way.`;
}

export function LapChart({ cars, laps, bands, focus, lap, setLap, file }: {
  cars: readonly CarLaps[]; laps: number; bands: Bands; focus: readonly string[]; lap: number; setLap: (lap: number) => void;
  file: string;
}) {
  const lines = useMemo(() => placeLines(cars, laps), [cars, laps]);
  const inFocus = focus.flatMap((code) => lines.filter((line) => line.code === code)).slice(0, 3);
  const columns = [
    { name: 'Lap', value: (row: number) => row },
    ...lines.map((line) => ({ name: line.code, value: (row: number) => line.values[row - 1] ?? null })),
  ];
  return (
    <Figure
      title="Lap chart" finding={placeFinding(inFocus[0])} columns={columns} file={file}
      rows={Array.from({ length: laps }, (_, index) => index + 1)}
      note="Order over the line, lapped cars on their own laps. Shapes are tyre changes; a line that ends is a car that is out."
    >
      {(width) => (
        <Traces
          width={width} traces={lines} focus={inFocus} laps={laps} bands={bands} from={1} to={Math.max(2, lines.length)} namesAll
          yTicks={[1, 5, 10, 15, 20].filter((place) => place <= Math.max(2, lines.length))} label="place" format={(place) => `P${place}`}
          words={(place) => (place === null ? 'not running' : `P${place}`)} lap={lap} setLap={setLap} name="Places"
        />
      )}
    </Figure>
  );
}
