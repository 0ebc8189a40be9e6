/** A cursor over laps: arrows 1, Page keys 10, Home, End, and the pointer. */
import type { KeyboardEvent, PointerEvent } from 'react';
import type { Scale } from '../lib/scale';

export function LapCursor({ x, top, bottom, lap, first, last, setLap, text, label }: {
  x: Scale; top: number; bottom: number; lap: number; first: number; last: number; setLap: (lap: number) => void;
  text: string; label: string;
}) {
  const clamp = (value: number) => Math.max(first, Math.min(last, Math.round(value)));
  const press = (event: KeyboardEvent) => {
    const next = {
      ArrowRight: lap + 1, ArrowUp: lap + 1, ArrowLeft: lap - 1, ArrowDown: lap - 1, PageUp: lap + 10,
      PageDown: lap - 10, Home: first, End: last,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setLap(clamp(next));
  };
  const point = (event: PointerEvent<SVGGElement>) => {
    if (event.type === 'pointermove' && event.buttons === 0) return;
    const svg = event.currentTarget.ownerSVGElement;
    if (!svg) return;
    const box = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / box.width;
    setLap(clamp(x.invert((event.clientX - box.left) * scale)));
  };
  const [from, to] = x.range;
  return (
    <g
      className="slider hit" role="slider" tabIndex={0} aria-label={label} aria-valuemin={first} aria-valuemax={last}
      aria-valuenow={lap} aria-valuetext={text} onKeyDown={press} onPointerDown={point} onPointerMove={point}
    >
      <rect x={from} y={top} width={Math.max(0, to - from)} height={Math.max(0, bottom - top)} className="frame" fillOpacity="0" />
      <line x1={x(lap)} x2={x(lap)} y1={top} y2={bottom} className="cursor" />
    </g>
  );
}
