/** C14 and C15: marks race by race on one scale, a shape a car. */
import { linear } from '../lib/scale';
import type { Column } from '../parts/DataTable';
import { Figure } from './Figure';
import { XAxis } from './frame';

export interface RaceMark {
  readonly race: string;
  readonly car: string;
  readonly value: number;
  /** Drawn hollow: not what one hopes for. */
  readonly isHollow?: boolean;
}

export function ByRace({ title, finding, columns, marks, races, cars, ticks, domain, format, label, median, file, note }: {
  title: string; finding: string; columns: readonly Column<RaceMark>[]; marks: readonly RaceMark[]; races: readonly string[];
  cars: readonly string[]; ticks: readonly number[]; domain: readonly [number, number]; format: (value: number) => string; label: string;
  median?: number | null; file: string; note: string;
}) {
  return (
    <Figure title={title} finding={finding} columns={columns} rows={marks} file={file} note={`${note} ${cars.map((car, index) => `${index === 0 ? '●' : '■'} ${car}`).join(', ')}.`}>
      {(width) => <Drawing width={width} marks={marks} races={races} cars={cars} ticks={ticks} domain={domain} format={format} label={label} median={median ?? null} title={title} />}
    </Figure>
  );
}

function Drawing({ width, marks, races, cars, ticks, domain, format, label, median, title }: {
  width: number; marks: readonly RaceMark[]; races: readonly string[]; cars: readonly string[]; ticks: readonly number[];
  domain: readonly [number, number]; format: (value: number) => string; label: string; median: number | null; title: string;
}) {
  const isNarrow = width < 460;
  const row = isNarrow ? 46 : 34;
  const left = isNarrow ? 14 : 20 + Math.max(0, ...races.map((name) => name.length)) * 7.5;
  const top = 22;
  const bottom = top + races.length * row;
  const x = linear(domain, [left + 10, width - 24]);
  if (marks.length === 0) return <p className="quiet">There is nothing to draw.</p>;
  return (
    <svg viewBox={`0 0 ${width} ${bottom + 38}`} role="img" aria-label={`${title}; the button Table shows the numbers.`}>
      <XAxis scale={x} ticks={ticks} y={bottom} top={top} label={label} format={format} />
      {median !== null && (
        <g>
          <line x1={x(median)} x2={x(median)} y1={top} y2={bottom} className="prior" />
          <text x={x(median)} y={14} className="m c">median</text>
        </g>
      )}
      {races.map((race, index) => {
        const y = top + index * row + (isNarrow ? 30 : row / 2);
        const own = marks.filter((mark) => mark.race === race);
        return (
          <g key={race}>
            <text x={isNarrow ? 4 : left - 8} y={isNarrow ? y - 12 : y + 4} className={isNarrow ? '' : 'e'}>{race}</text>
            {own.map((mark, number) => {
              const car = cars.indexOf(mark.car);
              const at = x(mark.value);
              // Marks of one value stand beside each other.
              const beside = own.slice(0, number).filter(({ value }) => value === mark.value).length * 14;
              const shape = `stop ${mark.isHollow ? 'hollow' : ''}`;
              return car === 0 ? <circle key={number} cx={at + beside} cy={y} r="6" className={shape} /> : <rect key={number} x={at + beside - 5.5} y={y - 5.5} width="11" height="11" className={shape} />;
            })}
          </g>
        );
      })}
    </svg>
  );
}
