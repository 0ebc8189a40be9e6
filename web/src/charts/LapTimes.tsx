/** C7: lap times, driven and modelled, or the difference to another car's. */
import { useState } from 'react';
import { BASE, useAnswer } from '../lib/api';
import { clock, seconds, span } from '../lib/format';
import { bands } from '../model/autopsy';
import type { Autopsy, LapRow } from '../model/autopsy';
import { raceDetail } from '../model/races';
import type { CarLaps } from '../model/races';
import { LinesByLap } from './Lines';

const RANGES = [0, 20, 10, 5];

interface Row extends LapRow {
  readonly other: number | null;
}

const column = (name: string, of: (row: Row) => number | null, show = (value: number) => clock(value)) => ({
  name: `${name}, s`, value: (row: Row) => { const found = of(row); return found === null ? null : found / 1000; },
  show: (row: Row) => { const found = of(row); return found === null ? '–' : show(found); },
});

const gapOf = ({ real, other }: Row) => (real === null || other === null ? null : real - other);

/** How much slower a lap was than it would have been with the fuel of the last one, ms; 0 as long as that is not known. */
function useFuel({ season, gp, laps }: Autopsy, isWanted: boolean): (lap: number) => number {
  const { value } = useAnswer(isWanted ? `${BASE}/races/${season}/${gp}` : null, raceDetail);
  const trend = isWanted ? (value?.modelled?.fuelMicroseconds ?? 0) / 1000 : 0;
  return (lap) => -trend * (laps - lap);
}

export function LapTimes({ autopsy, cars, file }: { autopsy: Autopsy; cars: readonly CarLaps[]; file: string }) {
  const [isGreen, setIsGreen] = useState(true);
  const [isLight, setIsLight] = useState(false);
  const [against, setAgainst] = useState('');
  const [range, setRange] = useState(0);
  const [lap, setLap] = useState(2);
  const fuel = useFuel(autopsy, isLight && against === '');
  const isPit = (lapNumber: number) => autopsy.stops.some((stop) => lapNumber === stop.lap || lapNumber === stop.lap + 1);
  const others = new Map(cars.find(({ code }) => code === against)?.laps.map((each) => [each.lap, each.time]));
  const lighter = (time: number | null, lapNumber: number) => (time === null ? null : time - fuel(lapNumber));
  const first = range === 0 ? 2 : Math.max(2, Math.floor((lap - 1) / range) * range + 1);
  const last = range === 0 ? autopsy.laps : Math.min(autopsy.laps, Math.floor((lap - 1) / range) * range + range);
  const rows = autopsy.lapRows
    .filter((row) => row.lap >= first && row.lap <= last && (!isGreen || (row.kind === 'green' && !isPit(row.lap))))
    .map((row): Row => ({
      ...row, real: lighter(row.real, row.lap), simulated: lighter(row.simulated, row.lap), ideal: lighter(row.ideal, row.lap),
      other: others.get(row.lap) ?? null,
    }));
  const series = against === ''
    ? [{ name: 'driven', points: rows.map((row) => ({ lap: row.lap, value: row.real })) }, { name: 'modelled', points: rows.map((row) => ({ lap: row.lap, value: row.simulated })) }]
    : [{ name: `against ${against}`, points: rows.map((row) => ({ lap: row.lap, value: gapOf(row) })) }];
  return (
    <LinesByLap
      title="Lap times" file={`${file}-laps`} rows={rows} finding={against === '' ? modelFinding(rows) : otherFinding(rows, autopsy.driver, against)}
      columns={[
        { name: 'Lap', value: (row) => row.lap }, column('Driven', (row) => row.real),
        ...(against === ''
          ? [column('Modelled', (row) => row.simulated), column('Ideal race', (row) => row.ideal)]
          : [column(against, (row) => row.other), column('Difference', gapOf, (value) => seconds(value, 3))]),
        { name: 'Track', value: (row) => row.kind, isText: true },
      ]}
      controls={(
        <>
          <button type="button" aria-pressed={isGreen} onClick={() => setIsGreen(!isGreen)}>Green laps without stops</button>
          <label className="small">Against <select value={against} onChange={({ target }) => setAgainst(target.value)}>
            <option value="">the model</option>
            {cars.filter(({ code }) => code !== autopsy.driver).map(({ code }) => <option key={code}>{code}</option>)}
          </select></label>
          <label className="small">Laps <select value={range} onChange={({ target }) => setRange(Number(target.value))}>
            {RANGES.map((each) => <option key={each} value={each}>{each === 0 ? 'all' : each}</option>)}
          </select></label>
          {against === '' && <button type="button" aria-pressed={isLight} onClick={() => setIsLight(!isLight)}>With the fuel of the last lap</button>}
        </>
      )}
      series={series} marks={autopsy.stops.filter((stop) => stop.lap >= first && stop.lap < last).map((stop) => ({ lap: stop.lap, text: stop.compound[0] ?? '' }))}
      bands={bands(autopsy.lapRows.filter((row) => row.lap >= first && row.lap <= last))}
      label={against === '' ? 'lap time' : 's slower ↑'} format={against === '' ? (value) => clock(value).replace(/\.\d+$/, (tail) => tail.slice(0, 2)) : (value) => (value / 1000).toFixed(1).replace('-', '−')}
      lap={lap} setLap={setLap} first={first} last={last} reach={[2, autopsy.laps]}
      note={against === '' ? `Solid is driven, dashed is modelled.${isLight ? ' Fuel-adjusted times compare a driver with himself, not with others.' : ''}` : 'Below zero the lap was faster than the other car’s.'}
    />
  );
}

function modelFinding(rows: readonly Row[]): string {
  const errors = rows.flatMap(({ real, simulated }) => (real === null || simulated === null ? [] : [Math.abs(real - simulated)]));
  if (errors.length === 0) return 'No lap is both timed and modelled.';
  return `On ${errors.length} laps the model is ${span(errors.reduce((sum, error) => sum + error, 0) / errors.length, 2)} off on average.`;
}

function otherFinding(rows: readonly Row[], own: string, other: string): string {
  const gaps = rows.map(gapOf).filter((gap): gap is number => gap !== null);
  if (gaps.length === 0) return `No lap of ${own} and ${other} can be compared.`;
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return `${own} was faster than ${other} on ${gaps.filter((gap) => gap < 0).length} of ${gaps.length} laps, and ${span(Math.abs(mean), 2)} ${mean < 0 ? 'faster' : 'slower'} on average.`;
}
