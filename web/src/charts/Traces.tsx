/** Lines of cars over laps: three in focus, everybody else grey, with tyre changes, flags and a lap cursor. */
import type { LapKind } from '../model/autopsy';
import { lapTicks, linear, path, spread, ticks } from '../lib/scale';
import type { Scale } from '../lib/scale';
import { CompoundMark } from '../parts/Tyre';
import { FlagBands, XAxis, YAxis } from './frame';
import { LapCursor } from './LapCursor';

export interface Trace {
  readonly code: string;
  /** By lap; index 0 is lap 1. */
  readonly values: readonly (number | null)[];
  readonly changes: readonly { lap: number; compound: string | null }[];
}

export type Bands = readonly { kind: LapKind; first: number; last: number }[];

interface TracesProps {
  readonly width: number;
  readonly traces: readonly Trace[];
  readonly focus: readonly Trace[];
  readonly laps: number;
  readonly bands: Bands;
  /** What is drawn, from the top down. */
  readonly from: number;
  readonly to: number;
  readonly yTicks?: readonly number[];
  readonly label: string;
  readonly format: (value: number) => string;
  /** In words, for the reading and the cursor. */
  readonly words: (value: number | null) => string;
  readonly lap: number;
  readonly setLap: (lap: number) => void;
  /** Every line has its code at the end, those in grey too. */
  readonly namesAll?: boolean;
  readonly name: string;
}

export function Traces({
  width, traces, focus, laps, bands, from, to, yTicks, label, format, words, lap, setLap, namesAll = false, name,
}: TracesProps) {
  const height = width < 560 ? 300 : 380;
  const marks = yTicks ?? ticks(Math.min(from, to), Math.max(from, to), 5);
  const gutter = 10 + Math.max(...marks.map((tick) => format(tick).length)) * 7;
  const [top, bottom, left, right] = [30, height - 44, Math.max(32, gutter), width - 44];
  const x = linear([0, laps], [left, right]);
  const y = linear([from, to], [top, bottom]);
  const spoken = `Lap ${lap}: ${focus.map(({ code, values }) => `${code} ${words(values[lap - 1] ?? null)}`).join(', ')}`;
  return (
    <>
      <p className="reading">{spoken}</p>
      <svg viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`${name} by lap; the button Table shows the numbers.`}>
        <FlagBands bands={bands} x={x} top={top} bottom={bottom} />
        <XAxis scale={x} ticks={lapTicks(laps, width / 80)} y={bottom} top={top} label="lap" />
        <YAxis scale={y} ticks={marks} x={left} right={right} label={label} format={format} />
        <Lines traces={traces} focus={focus} x={x} y={y} right={right} namesAll={namesAll} />
        <LapCursor x={x} top={top} bottom={bottom} lap={lap} first={1} last={laps} setLap={setLap} text={spoken} label={name === 'Gaps' ? 'Lap' : `${name}, lap`} />
      </svg>
    </>
  );
}

function Lines({ traces, focus, x, y, right, namesAll }: {
  traces: readonly Trace[]; focus: readonly Trace[]; x: Scale; y: Scale; right: number; namesAll: boolean;
}) {
  const [from, to] = y.domain;
  const isInside = (value: number) => value >= Math.min(from, to) && value <= Math.max(from, to);
  const d = ({ values }: Trace) => path(values.map((value, index) => ({
    x: x(index + 1), y: value === null || !isInside(value) ? null : y(value),
  })));
  const end = ({ values }: Trace) => {
    const last = values.reduce<number | null>((found, value) => value ?? found, null) ?? to;
    return y(Math.min(Math.max(last, Math.min(from, to)), Math.max(from, to)));
  };
  const named = namesAll ? traces : focus;
  const places = spread(named.map(end), namesAll ? 13 : 15, Math.min(...y.range), Math.max(...y.range));
  return (
    <g aria-hidden="true">
      {traces.filter((trace) => !focus.includes(trace)).map((trace) => <path key={trace.code} d={d(trace)} className="line rest" />)}
      {[...focus].reverse().map((trace) => (
        <g key={trace.code}>
          <path d={d(trace)} className="line halo" />
          <path d={d(trace)} className={`line l${focus.indexOf(trace) + 1}`} />
          {trace.changes.map(({ lap, compound }) => {
            const value = trace.values[lap - 1];
            return value === null || value === undefined || !isInside(value) ? null
              : <CompoundMark key={lap} compound={compound} x={x(lap)} y={y(value)} r={5} />;
          })}
        </g>
      ))}
      {named.map((trace, index) => (
        <text key={trace.code} x={right + 6} y={(places[index] ?? 0) + 4} className={focus.includes(trace) ? 'b halo' : 'm'}>{trace.code}</text>
      ))}
    </g>
  );
}
