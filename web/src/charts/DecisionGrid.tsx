/** C12: first stop across, second stop up; colour is what the pair costs, or how often it was played. */
import { useId } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import type { HeatCell } from '../model/crowd';
import { seconds } from '../lib/format';
import { lapTicks, linear } from '../lib/scale';
import { XAxis, YAxis } from './frame';

export interface GridProps {
  readonly width: number;
  readonly cells: readonly HeatCell[];
  readonly laps: number;
  readonly step: (cell: HeatCell) => number | null;
  readonly chosen: HeatCell | null;
  readonly choose: (cell: HeatCell) => void;
}

export function cellWords(cell: HeatCell): string {
  const place = cell.second === null ? `Pit ${cell.first}` : `Pit ${cell.first} and ${cell.second}`;
  const model = cell.modelMilliseconds === null ? 'the model has no legal plan' : `${seconds(cell.modelMilliseconds)} by the model`;
  const crowd = cell.runs === 0 ? 'nobody' : `${cell.runs} ${cell.runs === 1 ? 'run' : 'runs'}${cell.meanIQ === null ? '' : `, mean IQ ${cell.meanIQ.toFixed(0)}`}`;
  return `${place}: ${model}, ${crowd}`;
}

const round = (value: number) => Math.round(value * 100) / 100;

/** All cells of one colour are one path, so that thousands of cells are seven marks. */
function layers(cells: readonly HeatCell[], step: GridProps['step'], rect: (cell: HeatCell) => string): Map<number, string> {
  const found = new Map<number, string>();
  for (const cell of cells) {
    const at = step(cell);
    if (at !== null) found.set(at, (found.get(at) ?? '') + rect(cell));
  }
  return found;
}

export function DecisionGrid({ width: place, cells, laps, step, chosen, choose }: GridProps) {
  const id = useId();
  const width = Math.min(place, 760);
  const height = Math.round(width * 0.85);
  const [top, bottom, left, right] = [26, height - 44, 40, width - 8];
  const firsts = cells.map(({ first }) => first);
  const nexts = cells.map(({ second }) => second ?? 0);
  const x = linear([Math.min(...firsts) - 1, Math.max(...firsts)], [left, right]);
  const y = linear([Math.min(...nexts) - 1, Math.max(...nexts)], [bottom, top]);
  const [w, h] = [x(2) - x(1), y(1) - y(2)];
  const rect = (cell: HeatCell) => `M${round(x(cell.first - 1))} ${round(y(cell.second ?? 0))}h${round(w)}v${round(h)}h${round(-w)}z`;
  const near = (first: number, second: number) => {
    let best: HeatCell | null = null;
    let distance = Infinity;
    for (const cell of cells) {
      const found = (cell.first - first) ** 2 + ((cell.second ?? 0) - second) ** 2;
      if (found < distance) [best, distance] = [cell, found];
    }
    return best;
  };
  const press = (event: KeyboardEvent) => {
    if (!chosen) return;
    const by = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1], PageUp: [0, 5], PageDown: [0, -5], Home: [-99, 0], End: [99, 0] }[event.key];
    if (!by) return;
    event.preventDefault();
    const [dx = 0, dy = 0] = by;
    const row = cells.filter((cell) => (dx === 0 ? cell.first === chosen.first : cell.second === chosen.second));
    const goal = dx === 0 ? (chosen.second ?? 0) + dy : chosen.first + dx;
    const value = (cell: HeatCell) => (dx === 0 ? (cell.second ?? 0) : cell.first);
    const next = [...row].sort((a, b) => Math.abs(value(a) - goal) - Math.abs(value(b) - goal))[0];
    if (next) choose(next);
  };
  const point = (event: PointerEvent<SVGSVGElement>) => {
    if (event.type === 'pointermove' && event.buttons === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const scale = width / box.width;
    const cell = near(Math.ceil(x.invert((event.clientX - box.left) * scale)), Math.ceil(y.invert((event.clientY - box.top) * scale)));
    if (cell) choose(cell);
  };
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`} role="grid" tabIndex={0} aria-label="Costs by first and second stop" className="slider"
      style={{ maxWidth: width }} aria-activedescendant={`${id}-cell`} onKeyDown={press} onPointerDown={point} onPointerMove={point}
    >
      {[...layers(cells, step, rect)].map(([at, d]) => <path key={at} d={d} className={`r${at}`} />)}
      <XAxis scale={x} ticks={lapTicks(laps, width / 70).filter((tick) => tick > x.domain[0] && tick <= x.domain[1])} y={bottom} top={bottom} label="lap of the first stop" />
      <YAxis scale={y} ticks={lapTicks(laps, 6).filter((tick) => tick > y.domain[0] && tick <= y.domain[1])} x={left} right={left} label="lap of the second stop" />
      {chosen && (
        <g role="row">
          <rect role="gridcell" id={`${id}-cell`} aria-label={cellWords(chosen)} x={x(chosen.first - 1) - 1} y={y(chosen.second ?? 0) - 1} width={w + 2} height={h + 2} className="chosen" />
        </g>
      )}
    </svg>
  );
}
