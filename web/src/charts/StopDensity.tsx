/** C11: where each stop lies, crowd and model together, with its window; the model alone is dashed. */
import { useState } from 'react';
import type { WindowStop } from '../model/crowd';
import { lapRange } from '../lib/format';
import { lapTicks, linear, path, ticks } from '../lib/scale';
import type { Scale } from '../lib/scale';
import { Figure } from './Figure';
import { Patterns, XAxis, YAxis } from './frame';
import { LapCursor } from './LapCursor';
import { stacked } from './RejoinStrip';

export interface RealStop { readonly code: string; readonly lap: number }

export function windowFinding(stops: readonly WindowStop[]): string {
  if (stops.length === 0) return 'No stop is the most likely plan.';
  return `${stops.map((stop) => `Stop ${stop.stop}: ${lapRange(stop.window.firstLap, stop.window.lastLap)}${stop.confidence === null ? '' : ` (${stop.confidence} %)`}`).join('; ')}.`;
}

const share = (millionths: number | undefined) => (millionths ?? 0) / 10_000;

export function StopDensity({ stops, laps, real, file, isModelOnly }: {
  stops: readonly WindowStop[]; laps: number; real: readonly RealStop[]; file: string; isModelOnly: boolean;
}) {
  const [lap, setLap] = useState(stops[0]?.window.firstLap ?? 1);
  const rows = Array.from({ length: laps }, (_, index) => index + 1);
  const columns = [
    { name: 'Lap', value: (row: number) => row },
    ...stops.flatMap((stop) => [
      { name: `Stop ${stop.stop}, %`, value: (row: number) => share(stop.densityMillionths[row]) },
      { name: `Stop ${stop.stop} by the model, %`, value: (row: number) => share(stop.priorMillionths[row]) },
    ]),
    ...(real.length === 0 ? [] : [{ name: 'Stopped here', value: (row: number) => real.filter((each) => each.lap === row).map(({ code }) => code).join(' '), isText: true }]),
  ];
  return (
    <Figure
      title="Pit windows" finding={windowFinding(stops)} columns={columns} rows={rows} file={file} limit={20}
      note={isModelOnly ? 'Dashed: the model alone, nobody has played yet.' : 'Filled: where good runs stop, with the model. Dashed: the model alone. Frames: the likeliest window of each stop; hatched: a second one, where the crowd is split.'}
    >
      {(width) => <Drawing width={width} stops={stops} laps={laps} real={real} isModelOnly={isModelOnly} lap={lap} setLap={setLap} />}
    </Figure>
  );
}

function Drawing({ width, stops, laps, real, isModelOnly, lap, setLap }: {
  width: number; stops: readonly WindowStop[]; laps: number; real: readonly RealStop[]; isModelOnly: boolean; lap: number;
  setLap: (lap: number) => void;
}) {
  const [top, left, right] = [46, 44, width - 14];
  const bottom = width < 560 ? 240 : 290;
  const x = linear([0, laps], [left, right]);
  const most = Math.max(1, ...stops.flatMap((stop) => [...stop.densityMillionths, ...stop.priorMillionths].map(share)));
  const y = linear([0, most], [bottom, top]);
  const sorted = [...real].sort((a, b) => a.lap - b.lap);
  const levels = stacked(sorted.map((each) => x(each.lap)), 32);
  const strip = sorted.length === 0 ? 0 : 20 + 15 * (Math.max(...levels) + 1);
  const spoken = `Lap ${lap}: ${stops.map((stop) => `stop ${stop.stop} ${share(stop.densityMillionths[lap]).toFixed(1)} %, model ${share(stop.priorMillionths[lap]).toFixed(1)} %`).join('; ')}`;
  return (
    <>
      <p className="reading">{spoken}</p>
      <svg viewBox={`0 0 ${width} ${bottom + 38 + strip}`} role="group" aria-label="Stops by lap; the button Table shows the numbers.">
        <Patterns />
        <XAxis scale={x} ticks={lapTicks(laps, width / 80)} y={bottom} top={top} label="lap" />
        <YAxis scale={y} ticks={ticks(0, most, 4)} x={left} right={right} label="% of stops a lap" />
        {stops.map((stop) => <Curve key={stop.stop} stop={stop} x={x} y={y} top={top} bottom={bottom} isModelOnly={isModelOnly} />)}
        {sorted.map(({ code, lap: at }, index) => (
          <text key={`${code}${at}`} x={x(at)} y={bottom + 54 + 15 * (levels[index] ?? 0)} className="m c">{code}</text>
        ))}
        <LapCursor x={x} top={top} bottom={bottom} lap={lap} first={1} last={laps} setLap={setLap} text={spoken} label="Pit windows, lap" />
      </svg>
    </>
  );
}

function Curve({ stop, x, y, top, bottom, isModelOnly }: {
  stop: WindowStop; x: Scale; y: Scale; top: number; bottom: number; isModelOnly: boolean;
}) {
  const line = (values: readonly number[]) => path(values.map((value, lap) => ({ x: x(lap), y: lap === 0 ? null : y(share(value)) })));
  const [from, to] = [x(stop.window.firstLap - 1), x(stop.window.lastLap)];
  const end = x(stop.densityMillionths.length - 1);
  const other = stop.otherWindow;
  return (
    <g aria-hidden="true">
      {other && <rect x={x(other.firstLap - 1)} y={top} width={x(other.lastLap) - x(other.firstLap - 1)} height={bottom - top} fill="url(#hatch-mut)" opacity=".6" />}
      <rect x={from} y={top} width={to - from} height={bottom - top} className="window" />
      {!isModelOnly && <path d={`${line(stop.densityMillionths)}L${end} ${bottom}L${x(1)} ${bottom}Z`} className="area" />}
      {!isModelOnly && <path d={line(stop.densityMillionths)} className="line l4" />}
      <path d={line(stop.priorMillionths)} className="prior" />
      <text x={(from + to) / 2} y={top - (stop.stop % 2 === 0 ? 22 : 6)} className="c b">{stop.stop}: {stop.window.firstLap}–{stop.window.lastLap}</text>
    </g>
  );
}
