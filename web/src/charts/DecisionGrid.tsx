/** C12: first stop across, second stop up; colour is what the pair costs, or how often it was played. */
import { useId } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import type { HeatCell, WindowStop } from '../model/crowd';
import { seconds } from '../lib/format';
import { lapTicks, linear } from '../lib/scale';
import type { Scale } from '../lib/scale';
import { Patterns, XAxis, YAxis } from './frame';

export interface GridProps {
  readonly width: number;
  readonly cells: readonly HeatCell[];
  readonly laps: number;
  readonly step: (cell: HeatCell) => number | null;
  readonly chosen: HeatCell | null;
  readonly choose: (cell: HeatCell) => void;
  /** Enter on a cell. */
  readonly open: () => void;
  /** Cells that few runs stand behind are hatched. */
  readonly isThin: (cell: HeatCell) => boolean;
  readonly overlays: Overlays;
}

/** What is drawn over the colours. */
export interface Overlays {
  readonly real: readonly { readonly code: string; readonly first: number; readonly second: number }[];
  /** The likeliest windows of both stops. */
  readonly windows: readonly [WindowStop['window'], WindowStop['window']] | null;
  readonly optimum: HeatCell | null;
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

export function DecisionGrid({ width: place, cells, laps, step, chosen, choose, open, isThin, overlays }: GridProps) {
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
    if (event.key === 'Enter') {
      event.preventDefault();
      return open();
    }
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
      <Patterns />
      {[...layers(cells, step, rect)].map(([at, d]) => <path key={at} d={d} className={`r${at}`} />)}
      <path d={cells.filter((cell) => step(cell) !== null && isThin(cell)).map(rect).join('')} fill="url(#hatch-mut)" opacity=".55" />
      <XAxis scale={x} ticks={lapTicks(laps, width / 70).filter((tick) => tick > x.domain[0] && tick <= x.domain[1])} y={bottom} top={bottom} label="lap of the first stop" />
      <YAxis scale={y} ticks={lapTicks(laps, 6).filter((tick) => tick > y.domain[0] && tick <= y.domain[1])} x={left} right={left} label="lap of the second stop" />
      <Over overlays={overlays} x={x} y={y} isNarrow={width < 500} />
      {chosen && (
        <g role="row">
          <rect role="gridcell" id={`${id}-cell`} aria-label={cellWords(chosen)} x={x(chosen.first - 1) - 1} y={y(chosen.second ?? 0) - 1} width={w + 2} height={h + 2} className="chosen" />
        </g>
      )}
    </svg>
  );
}

const at = (lap: number, scale: Scale) => (scale(lap - 1) + scale(lap)) / 2;

function Over({ overlays: { real, windows, optimum }, x, y, isNarrow }: { overlays: Overlays; x: Scale; y: Scale; isNarrow: boolean }) {
  return (
    <g aria-hidden="true">
      {windows && (
        <rect
          x={x(windows[0].firstLap - 1)} width={x(windows[0].lastLap) - x(windows[0].firstLap - 1)} y={y(windows[1].lastLap)}
          height={y(windows[1].firstLap - 1) - y(windows[1].lastLap)} className="outline"
        />
      )}
      {optimum && <Cross x={at(optimum.first, x)} y={at(optimum.second ?? 0, y)} />}
      {real.map(({ code, first, second }) => (
        <g key={code}>
          <circle cx={at(first, x)} cy={at(second, y)} r={isNarrow ? 3.5 : 5} className="ring" />
          {!isNarrow && <text x={at(first, x) + 8} y={at(second, y) + 4} className="b halo">{code}</text>}
        </g>
      ))}
    </g>
  );
}

const Cross = ({ x, y }: { x: number; y: number }) => <path d={`M${x - 7} ${y}h14M${x} ${y - 7}v14`} className="cross" />;
