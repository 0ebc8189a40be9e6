/** A table of numbers: caption, scopes, columns that sort, a box that scrolls and takes the focus. */
import { useId, useState } from 'react';
import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly name: string;
  /** What is sorted by and written to CSV. */
  readonly value: (row: Row) => string | number | null;
  /** What is shown; the value itself without it. */
  readonly show?: (row: Row) => ReactNode;
  readonly isText?: boolean;
}

export function DataTable<Row>({ caption, columns, rows, limit, isSortable = true }: {
  caption: string; columns: readonly Column<Row>[]; rows: readonly Row[]; limit?: number; isSortable?: boolean;
}) {
  const id = useId();
  const [order, setOrder] = useState<{ column: number; down: boolean } | null>(null);
  const [isWhole, setIsWhole] = useState(false);
  const sorted = order ? sort(rows, columns[order.column], order.down) : rows;
  const shown = limit && !isWhole ? sorted.slice(0, limit) : sorted;
  const sortBy = (column: number) => setOrder((now) => ({ column, down: now?.column === column ? !now.down : false }));
  return (
    <>
      <div className="scroll" role="region" tabIndex={0} aria-labelledby={id}>
        <table>
          <caption id={id}>{caption}</caption>
          <thead>
            <tr>
              {columns.map(({ name, isText }, index) => (
                <th
                  key={name} scope="col" className={isText ? '' : 'n'}
                  aria-sort={order?.column === index ? (order.down ? 'descending' : 'ascending') : undefined}
                >
                  {isSortable ? <button type="button" onClick={() => sortBy(index)}>{name}</button> : name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, rowIndex) => (
              <tr key={rowIndex}>
                {columns.map(({ name, value, show, isText }, index) => {
                  const content = show ? show(row) : (value(row) ?? '–');
                  return index === 0
                    ? <th key={name} scope="row" className={isText ? '' : 'n'}>{content}</th>
                    : <td key={name} className={isText ? '' : 'n'}>{content}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {limit !== undefined && rows.length > limit && (
        <p><button type="button" onClick={() => setIsWhole(!isWhole)}>{isWhole ? `Show ${limit} rows` : `Show all ${rows.length} rows`}</button></p>
      )}
    </>
  );
}

function sort<Row>(rows: readonly Row[], column: Column<Row> | undefined, down: boolean): Row[] {
  if (!column) return [...rows];
  const sign = down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [column.value(a), column.value(b)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y)));
  });
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+@\t-]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

const line = (cells: readonly (string | number | null)[]) => cells.map(cell).join(',');

/** RFC 4180; a cell that a spreadsheet would run as a formula is quoted with an apostrophe. */
export function csv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  return `${[line(columns.map(({ name }) => name)), ...rows.map((row) => line(columns.map(({ value }) => value(row))))].join('\r\n')}\r\n`;
}
