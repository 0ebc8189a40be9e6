/** Who is where at the line: a dozen cars around the player, gaps to any of them. */
import { useState } from 'react';
import { clock, seconds } from '../lib/format';
import { useKeys } from '../lib/keys';
import type { Run, TowerRow } from '../model/simulation';
import { spoken } from '../model/plan';
import { TyreIcon } from './Tyre';

const AROUND = 12;
const AROUND_NARROW = 8;

/** So many rows with a car among them, as many before it as behind where there are. */
export function around(rows: readonly TowerRow[], driver: string, count: number): readonly TowerRow[] {
  const index = Math.max(0, rows.findIndex((row) => row.driver === driver));
  const first = Math.max(0, Math.min(rows.length - count, index - Math.floor(count / 2)));
  return rows.slice(first, first + count);
}

/** ms to the reference, or to the car in front; null where there is none. */
export function distance(rows: readonly TowerRow[], row: TowerRow, reference: string, isInterval: boolean): number | null {
  if (row.gapMilliseconds === null) return null;
  if (!isInterval) {
    const zero = rows.find(({ driver }) => driver === reference)?.gapMilliseconds ?? null;
    return zero === null ? null : row.gapMilliseconds - zero;
  }
  const before = rows[rows.indexOf(row) - 1]?.gapMilliseconds ?? null;
  return before === null ? null : row.gapMilliseconds - before;
}

export function Tower({ run }: { run: Run }) {
  const [isInterval, setIsInterval] = useState(false);
  const [isWhole, setIsWhole] = useState(false);
  const [chosen, setChosen] = useState(run.driver);
  const rows = run.tower;
  const reference = rows.some(({ driver, gapMilliseconds }) => driver === chosen && gapMilliseconds !== null) ? chosen : run.driver;
  const shown = isWhole ? rows : around(rows, run.driver, window.innerWidth < 560 ? AROUND_NARROW : AROUND);
  useKeys([{ key: 'v', what: 'Tower: gap or interval', run: () => setIsInterval((now) => !now) }]);
  const title = isInterval ? 'to the car in front' : `to ${reference === run.driver ? 'you' : reference}`;
  return (
    <section className="pane" aria-labelledby="tower">
      <h2 id="tower">Tower</h2>
      <div className="tools">
        <button type="button" aria-pressed={isInterval} onClick={() => setIsInterval(!isInterval)}>{isInterval ? 'Interval' : 'Gap'}<kbd>v</kbd></button>
        <button type="button" aria-pressed={isWhole} onClick={() => setIsWhole(!isWhole)}>{isWhole ? 'Around you' : `All ${rows.length}`}</button>
      </div>
      <table className="tower">
        <caption>Order after lap {run.lap}; seconds {title}</caption>
        <thead><tr><th scope="col" className="n">P</th><th scope="col">Car</th><th scope="col" className="n">{isInterval ? 'Interval' : 'Gap'}</th><th scope="col">Tyre</th><th scope="col" className="n hide-s">Last lap</th></tr></thead>
        <tbody>
          {shown.map((row) => (
            <Row key={row.driver} row={row} isOwn={row.driver === run.driver} isReference={!isInterval && row.driver === reference} distance={distance(rows, row, reference, isInterval)} choose={() => { setIsInterval(false); setChosen(row.driver); }} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ row, isOwn, isReference, distance: apart, choose }: {
  row: TowerRow; isOwn: boolean; isReference: boolean; distance: number | null; choose: () => void;
}) {
  const isOut = row.lastLap !== null;
  return (
    <tr className={isOwn ? 'own' : isOut ? 'out' : ''} aria-current={isOwn || undefined}>
      <td className="n">{row.place ?? '–'}</td>
      <th scope="row">
        {isOut ? row.driver : <button type="button" aria-pressed={isReference} onClick={choose}>{row.driver}<span className="hidden">: gaps to this car</span></button>}
      </th>
      <td className="n">{isOut ? `out, lap ${row.lastLap}` : apart === null ? '–' : apart === 0 && isReference ? '0.0' : seconds(apart).replace('\u00a0s', '')}</td>
      <td>
        {row.compound && !isOut && (
          <span className="tyre">
            <TyreIcon compound={row.compound} /><span className="hidden">{spoken(row.compound)}, </span>
            {row.tyreLaps ?? '?'}<span className="hidden"> laps old</span>
            <span className="quiet small">{row.inLane ? 'in lane' : row.stops === 0 ? 'no stop' : `${row.stops} ${row.stops === 1 ? 'stop' : 'stops'}`}</span>
          </span>
        )}
      </td>
      <td className="n hide-s">{isOut || row.lapMilliseconds === null ? '–' : clock(row.lapMilliseconds)}</td>
    </tr>
  );
}
