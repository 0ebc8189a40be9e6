/** The frame of every chart: title, finding, tools before the drawing, and the same numbers as a table. */
import { createContext, useContext, useEffect, useId, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import { DataTable, csv } from '../parts/DataTable';
import type { Column } from '../parts/DataTable';
import { save, savePicture } from '../parts/save';

/** On paper a figure has no tools; a short table stands under its drawing. */
export const Paper = createContext(false);

/** Rows that fit under a drawing. */
const SHORT = 12;

export interface FigureProps<Row> {
  readonly title: string;
  readonly finding: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** The name of exported files, without an ending. */
  readonly file: string;
  readonly controls?: ReactNode;
  readonly note?: ReactNode;
  /** Rows that the table shows at first; the CSV has all. */
  readonly limit?: number;
  /** Draws for a width in px; the label says where the numbers are when the drawing is not operated. */
  readonly children: (width: number) => ReactNode;
}

export function Figure<Row>({ title, finding, columns, rows, file, controls, note, limit, children }: FigureProps<Row>) {
  const id = useId();
  const [isTable, setIsTable] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const isPaper = useContext(Paper);
  const picture = async () => {
    const svg = box.current?.querySelector('svg');
    if (!svg) return;
    try {
      await savePicture(svg, `${file}.png`);
      setFailure(null);
    } catch (error) {
      setFailure(`The picture could not be made: ${error instanceof Error ? error.message : 'unknown reason'}.`);
    }
  };
  return (
    <figure aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p className="finding">{finding}</p>
      {!isPaper && <div className="tools" role="group" aria-label={`${title}: as table or file`}>
        <button type="button" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>Table</button>
        <button type="button" onClick={() => save(`${file}.csv`, csv(columns, rows), 'text/csv')}>CSV</button>
        {!isTable && <button type="button" onClick={() => void picture()}>Image</button>}
        {!isTable && controls}
      </div>}
      {failure && <p role="alert">{failure}</p>}
      {isTable
        ? <DataTable caption={`${title}: the numbers`} columns={columns} rows={rows} {...(limit === undefined ? {} : { limit })} />
        : isPaper ? <div className="drawing">{children(PRINT_WIDTH)}</div> : <Measured boxRef={box}>{children}</Measured>}
      {isPaper && rows.length <= SHORT && <DataTable caption={`${title}: the numbers`} columns={columns} rows={rows} isSortable={false} />}
      {note && <figcaption className="quiet small">{note}</figcaption>}
    </figure>
  );
}

const PRINT_WIDTH = 680;

/** Draws again when the place for the drawing changes, and before printing. */
function Measured({ boxRef, children }: { boxRef: RefObject<HTMLDivElement>; children: (width: number) => ReactNode }) {
  const [width, setWidth] = useState(() => Math.min(1200, Math.max(240, window.innerWidth - 60)));
  useEffect(() => {
    const box = boxRef.current;
    if (!box) return;
    const measure = () => setWidth(Math.max(240, Math.floor(box.clientWidth)));
    const forPaper = () => setWidth(PRINT_WIDTH);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    window.addEventListener('beforeprint', forPaper);
    window.addEventListener('afterprint', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('beforeprint', forPaper);
      window.removeEventListener('afterprint', measure);
    };
  }, [boxRef]);
  return <div className="drawing" ref={boxRef}>{children(width)}</div>;
}
