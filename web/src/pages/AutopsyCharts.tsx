/** Tyres of everybody, the driver's alternatives, lap times and wear. */
import type { Answer } from '../lib/api';
import { clock, seconds } from '../lib/format';
import { useState } from 'react';
import { bands } from '../model/autopsy';
import type { Autopsy } from '../model/autopsy';
import { alternatives } from '../model/strategies';
import type { Candidate } from '../model/strategies';
import { focusOf } from '../model/races';
import type { CarLaps } from '../model/races';
import { Candidates } from '../charts/Candidates';
import { Degradation } from '../charts/Degradation';
import { LinesByLap } from '../charts/Lines';
import { StrategyBars, drivenStints, stopsFinding } from '../charts/StrategyBars';
import { LapChart } from '../charts/LapChart';
import { PitLaps } from '../charts/PitLaps';
import { Loaded } from '../parts/States';

export function AutopsyCharts({ autopsy, laps }: { autopsy: Autopsy; laps: Answer<CarLaps[]> & { retry: () => void } }) {
  const file = `${autopsy.season}-${autopsy.gp}-${autopsy.driver}`;
  const driven: Candidate = { ...autopsy.realPlan, name: 'Driven', windows: [], milliseconds: 0, share: null, runs: null };
  const plans = [...alternatives(autopsy, 4), driven].sort((x, y) => x.milliseconds - y.milliseconds);
  return (
    <>
      <Candidates
        title="What else could have been driven" rows={plans} laps={autopsy.laps} file={`${file}-alternatives`} unit="Against what was driven, s"
        note="Estimates against what was driven, with hindsight; minus is sooner. Brackets: laps within which a stop comes to nearly the same."
      />
      <Loaded answer={laps} what="the laps" height={700}>
        {(cars) => <OfLaps autopsy={autopsy} cars={cars} file={file} />}
      </Loaded>
    </>
  );
}

/** Larger for who drove more laps, then for who was sooner. */
const finish = ({ laps }: CarLaps): number => laps.length * 1e9 - (laps[laps.length - 1]?.elapsed ?? 0);

type LapRow = Autopsy['lapRows'][number];

const time = (name: string, of: (row: LapRow) => number | null) => ({
  name: `${name}, s`, value: (row: LapRow) => { const found = of(row); return found === null ? null : found / 1000; },
  show: (row: LapRow) => { const found = of(row); return found === null ? '–' : clock(found); },
});

function OfLaps({ autopsy, cars, file }: { autopsy: Autopsy; cars: readonly CarLaps[]; file: string }) {
  const flags = bands(autopsy.lapRows);
  const byFinish = [...cars].sort((a, b) => finish(b) - finish(a));
  const rows = byFinish.map((car) => ({ name: car.code, stints: drivenStints(car), isChosen: car.code === autopsy.driver }));
  const own = cars.find(({ code }) => code === autopsy.driver);
  return (
    <>
      <StrategyBars title="Tyres of every car, by finish" rows={rows} laps={autopsy.laps} bands={flags} file={`${file}-tyres`} finding={stopsFinding(rows)} />
      {own && <Degradation car={own} flags={flags} file={`${file}-wear`} />}
      <LapTimes autopsy={autopsy} file={file} />
      <Places autopsy={autopsy} cars={cars} file={file} />
      <PitLaps autopsy={autopsy} file={file} />
    </>
  );
}

function Places({ autopsy, cars, file }: { autopsy: Autopsy; cars: readonly CarLaps[]; file: string }) {
  const laps = Math.max(autopsy.laps, ...cars.map((car) => car.laps.length));
  const [lap, setLap] = useState(autopsy.laps);
  const focus = focusOf(cars, autopsy.driver);
  return <LapChart cars={cars} laps={laps} bands={bands(autopsy.lapRows)} focus={focus} lap={lap} setLap={setLap} file={`${file}-places`} />;
}

/** C7, against the model's laps: green laps only, because laps behind the safety car rank the queue. */
function LapTimes({ autopsy, file }: { autopsy: Autopsy; file: string }) {
  const [isGreen, setIsGreen] = useState(true);
  const [lap, setLap] = useState(2);
  const isPit = (lapNumber: number) => autopsy.stops.some((stop) => lapNumber === stop.lap || lapNumber === stop.lap + 1);
  const rows = autopsy.lapRows.filter((row) => row.lap > 1 && (!isGreen || (row.kind === 'green' && !isPit(row.lap))));
  const known = rows.filter((row) => row.real !== null && row.simulated !== null);
  const error = known.reduce((sum, row) => sum + Math.abs((row.real ?? 0) - (row.simulated ?? 0)), 0) / Math.max(1, known.length);
  return (
    <LinesByLap
      title="Lap times, driven and modelled" file={`${file}-laps`} rows={rows}
      finding={known.length > 0 ? `On ${known.length} laps the model is ${seconds(error, 2).replace('+', '')} off on average.` : 'No lap is both timed and modelled.'}
      columns={[
        { name: 'Lap', value: (row) => row.lap }, time('Driven', (row) => row.real), time('Modelled', (row) => row.simulated),
        time('Ideal race', (row) => row.ideal), { name: 'Track', value: (row) => row.kind, isText: true },
      ]}
      controls={<button type="button" aria-pressed={isGreen} onClick={() => setIsGreen(!isGreen)}>Green laps without stops</button>}
      series={[
        { name: 'driven', points: rows.map((row) => ({ lap: row.lap, value: row.real })) },
        { name: 'modelled', points: rows.map((row) => ({ lap: row.lap, value: row.simulated })) },
      ]}
      bands={bands(autopsy.lapRows)} label="lap time" format={(value) => clock(value).replace(/\.\d+$/, (tail) => tail.slice(0, 2))} lap={lap} setLap={setLap}
      first={2} last={autopsy.laps} note="Solid is driven, dashed is modelled."
    />
  );
}
