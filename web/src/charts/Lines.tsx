/** A chart of one or two lines over laps: regret by lap (C17), lap times (C7). */
import type { ReactNode } from 'react';
import type { LapKind } from '../model/autopsy';
import { lapTicks, linear, path, ticks } from '../lib/scale';
import type { Column } from '../parts/DataTable';
import { Figure } from './Figure';
import { FlagBands, XAxis, YAxis } from './frame';
import { LapCursor } from './LapCursor';

export interface Series {
  readonly name: string;
  readonly points: readonly { lap: number; value: number | null }[];
  readonly isDotted?: boolean;
}

export interface Mark {
  readonly lap: number;
  readonly text: string;
}

export function LinesByLap<Row>({
  title, finding, columns, rows, file, note, controls, series, marks = [], bands = [], label, format, lap, setLap, first = 1,
  last, floor, reach = [first, last],
}: {
  title: string; finding: string; columns: readonly Column<Row>[]; rows: readonly Row[]; file: string; note?: ReactNode;
  controls?: ReactNode; series: readonly Series[]; marks?: readonly Mark[];
  bands?: readonly { kind: LapKind; first: number; last: number }[]; label: string; format: (value: number) => string;
  lap: number; setLap: (lap: number) => void; first?: number; last: number; floor?: number;
  /** Laps that the cursor may go to, where fewer are drawn. */
  reach?: readonly [number, number];
}) {
  return (
    <Figure title={title} finding={finding} columns={columns} rows={rows} file={file} note={note} controls={controls}>
      {(width) => (
        <Drawing
          width={width} series={series} marks={marks} bands={bands} label={label} format={format} lap={lap} setLap={setLap}
          first={first} last={last} floor={floor} reach={reach} title={title}
        />
      )}
    </Figure>
  );
}

function Drawing({ width, series, marks, bands, label, format, lap, setLap, first, last, floor, reach, title }: {
  width: number; series: readonly Series[]; marks: readonly Mark[];
  bands: readonly { kind: LapKind; first: number; last: number }[]; label: string; format: (value: number) => string;
  lap: number; setLap: (lap: number) => void; first: number; last: number; floor: number | undefined; reach: readonly [number, number]; title: string;
}) {
  const height = width < 560 ? 260 : 320;
  const values = series.flatMap(({ points }) => points.flatMap(({ value }) => (value === null ? [] : [value])));
  const low = floor ?? Math.min(...values, Infinity);
  const high = Math.max(...values, low + 1);
  const gutter = 12 + Math.max(...ticks(low, high, 5).map((tick) => format(tick).length)) * 7;
  const [top, bottom, left, right] = [32, height - 44, gutter, width - 16];
  const x = linear([first - 1, last], [left, right]);
  const y = linear([low, high], [bottom, top]);
  const at = (line: Series) => line.points.find((point) => point.lap === lap)?.value ?? null;
  const read = series.map((line) => { const value = at(line); return `${line.name} ${value === null ? 'none' : format(value)}`; });
  const spoken = `Lap ${lap}: ${read.join(', ')}`;
  if (values.length === 0) return <p className="quiet">There is nothing to draw.</p>;
  return (
    <>
      <p className="reading">{spoken}</p>
      <svg viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`${title} by lap; the button Table shows the numbers.`}>
        <FlagBands bands={bands} x={x} top={top} bottom={bottom} />
        <XAxis scale={x} ticks={lapTicks(last, width / 80).filter((tick) => tick >= first)} y={bottom} top={top} label="lap" />
        <YAxis scale={y} ticks={ticks(low, high, 5)} x={left} right={right} label={label} format={format} />
        <g aria-hidden="true">
          {series.map((line, index) => (
            <path key={line.name} className={line.isDotted ? 'prior' : `line l${index + 1}`} d={path(line.points.map((point) => ({ x: x(point.lap), y: point.value === null ? null : y(point.value) })))} />
          ))}
          {marks.map(({ lap: place, text }, index) => (
            <g key={`${place}${text}`}>
              <line x1={x(place)} x2={x(place)} y1={top} y2={bottom} className="zero" strokeDasharray="3 3" />
              <text x={x(place) > right - 60 ? x(place) - 4 : x(place) + 4} y={top + 12 + (index % 3) * 15} className={`m halo ${x(place) > right - 60 ? 'e' : ''}`}>{text}</text>
            </g>
          ))}
        </g>
        <LapCursor x={x} top={top} bottom={bottom} lap={lap} first={reach[0]} last={reach[1]} setLap={setLap} text={spoken} label={`${title}, lap`} />
      </svg>
    </>
  );
}
