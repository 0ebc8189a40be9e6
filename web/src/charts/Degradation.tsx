/** C5: lap time over the age of the tyres, with a line a stint. */
import type { LapKind } from '../model/autopsy';
import { clock, plural, seconds } from '../lib/format';
import { linear, ticks } from '../lib/scale';
import { letter, spoken } from '../model/plan';
import type { CarLaps } from '../model/races';
import { CompoundMark } from '../parts/Tyre';
import { Figure } from './Figure';
import { XAxis, YAxis } from './frame';
import { fit } from './regression';
import type { Fit } from './regression';

interface Dot { readonly lap: number; readonly age: number; readonly time: number; readonly compound: string }

interface Stint extends Fit { readonly name: string; readonly compound: string; readonly dots: readonly Dot[] }

/** Clean laps by stint: no pit laps, no flags, no first lap, none beyond 7 % of the stint's best. */
export function cleanStints(car: CarLaps, flags: readonly { first: number; last: number }[]): Stint[] {
  const isFlagged = (lap: number) => flags.some(({ first, last }) => lap >= first && lap <= last);
  const byStint = new Map<string, Dot[]>();
  for (const { lap, time, compound, tyreLaps, stint, isPitIn, isPitOut, isCounted } of car.laps) {
    if (lap === 1 || time === null || compound === null || tyreLaps === null || isPitIn || isPitOut || !isCounted) continue;
    if (isFlagged(lap)) continue;
    const key = `${stint ?? 0} ${compound}`;
    byStint.set(key, [...(byStint.get(key) ?? []), { lap, age: tyreLaps, time, compound }]);
  }
  return [...byStint.values()].flatMap((dots, index) => {
    const best = Math.min(...dots.map(({ time }) => time));
    const clean = dots.filter(({ time }) => time < best * 1.07);
    const compound = clean[0]?.compound ?? '';
    return clean.length < 4 ? [] : [{ name: `${letter(compound)}${index + 1}`, compound, dots: clean, ...fit(clean.map(({ age, time }) => ({ x: age, y: time }))) }];
  });
}

export function Degradation({ car, flags, file }: {
  car: CarLaps; flags: readonly { kind: LapKind; first: number; last: number }[]; file: string;
}) {
  const stints = cleanStints(car, flags);
  const steepest = [...stints].sort((a, b) => b.slope - a.slope)[0];
  const columns = [
    { name: 'Stint', value: (row: Stint) => row.name, isText: true },
    { name: 'Tyre', value: (row: Stint) => spoken(row.compound), isText: true },
    { name: 'Slope, s a lap', value: (row: Stint) => row.slope / 1000, show: (row: Stint) => seconds(row.slope, 3) },
    { name: 'Error, s a lap', value: (row: Stint) => row.slopeError / 1000, show: (row: Stint) => `± ${(row.slopeError / 1000).toFixed(3)}` },
    { name: 'R²', value: (row: Stint) => row.r2, show: (row: Stint) => row.r2.toFixed(2) },
    { name: 'Laps', value: (row: Stint) => row.dots.length },
  ];
  const finding = steepest
    ? `Steepest: ${steepest.name} changed by ${seconds(steepest.slope, 3)} a lap (± ${(steepest.slopeError / 1000).toFixed(3)}, ${plural(steepest.dots.length, 'lap')}).`
    : 'No stint has four clean laps.';
  return (
    <Figure
      title="Lap time over the age of the tyres" finding={finding} columns={columns} rows={stints} file={file}
      note="Clean laps only. The slope is wear less the fuel that burns off, so it may fall; it compares a driver with himself, not with others."
    >
      {(width) => <Drawing width={width} stints={stints} />}
    </Figure>
  );
}

function Drawing({ width, stints }: { width: number; stints: readonly Stint[] }) {
  const height = width < 560 ? 260 : 340;
  const [top, bottom, left, right] = [28, height - 44, 58, width - 34];
  const dots = stints.flatMap((stint) => stint.dots);
  if (dots.length === 0) return <p className="quiet">There are not enough clean laps to draw.</p>;
  const oldest = Math.max(...dots.map(({ age }) => age));
  const times = dots.map(({ time }) => time);
  const [low, high] = [Math.min(...times), Math.max(...times)];
  const x = linear([0, oldest], [left, right]);
  const y = linear([low, high], [bottom, top]);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label="Lap times by age of tyres; the button Table shows slopes and errors.">
      <XAxis scale={x} ticks={ticks(0, oldest, width / 90)} y={bottom} top={top} label="age of the tyres, laps" />
      <YAxis scale={y} ticks={ticks(low, high, 5)} x={left} right={right} label="lap time" format={(value) => clock(value).slice(0, -2)} />
      {stints.map(({ name, slope, intercept, dots: own }) => {
        const ages = own.map(({ age }) => age);
        const [from, end] = [Math.min(...ages), Math.max(...ages)];
        return (
          <g key={name}>
            {own.map(({ lap, age, time, compound }) => <CompoundMark key={lap} compound={compound} x={x(age)} y={y(time)} r={4} />)}
            <line x1={x(from)} x2={x(end)} y1={y(intercept + slope * from)} y2={y(intercept + slope * end)} className="line" />
            <text x={x(end) + 6} y={y(intercept + slope * end) + 4} className="b halo">{name}</text>
          </g>
        );
      })}
    </svg>
  );
}
