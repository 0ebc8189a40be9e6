/** Tyres of everybody, the driver's alternatives, lap times and wear. */
import type { Answer } from '../lib/api';
import { useState } from 'react';
import { bands } from '../model/autopsy';
import type { Autopsy } from '../model/autopsy';
import { alternatives } from '../model/strategies';
import type { Candidate } from '../model/strategies';
import { focusOf } from '../model/races';
import type { CarLaps } from '../model/races';
import { Candidates } from '../charts/Candidates';
import { Degradation } from '../charts/Degradation';
import { StrategyBars, drivenStints, stopsFinding } from '../charts/StrategyBars';
import { LapChart } from '../charts/LapChart';
import { LapTimes } from '../charts/LapTimes';
import { PitLaps } from '../charts/PitLaps';
import { Loaded } from '../parts/States';

export function AutopsyCharts({ autopsy, laps }: { autopsy: Autopsy; laps: Answer<CarLaps[]> & { retry: () => void } }) {
  const file = `${autopsy.season}-${autopsy.gp}-${autopsy.driver}`;
  const driven: Candidate = { ...autopsy.realPlan, name: 'Driven', windows: [], milliseconds: 0, interval: null, share: null, runs: null };
  const plans = [...alternatives(autopsy, 4), driven].sort((x, y) => x.milliseconds - y.milliseconds);
  return (
    <>
      <Candidates
        title="What else could have been driven" rows={plans} laps={autopsy.laps} file={`${file}-alternatives`} unit="Against what was driven, s"
        note="Estimates against what was driven, with hindsight; minus is sooner. Brackets: laps within which a stop comes to nearly the same. Ranges of cost hold nine in ten refits."
      />
      <Loaded answer={laps} what="the laps" height={700}>
        {(cars) => <OfLaps autopsy={autopsy} cars={cars} file={file} />}
      </Loaded>
    </>
  );
}

/** Larger for who drove more laps, then for who was sooner. */
const finish = ({ laps }: CarLaps): number => laps.length * 1e9 - (laps[laps.length - 1]?.elapsed ?? 0);

function OfLaps({ autopsy, cars, file }: { autopsy: Autopsy; cars: readonly CarLaps[]; file: string }) {
  const flags = bands(autopsy.lapRows);
  const byFinish = [...cars].sort((a, b) => finish(b) - finish(a));
  const rows = byFinish.map((car) => ({ name: car.code, stints: drivenStints(car), isChosen: car.code === autopsy.driver }));
  const own = cars.find(({ code }) => code === autopsy.driver);
  return (
    <>
      <StrategyBars title="Tyres of every car, by finish" rows={rows} laps={autopsy.laps} bands={flags} file={`${file}-tyres`} finding={stopsFinding(rows)} />
      {own && <Degradation car={own} flags={flags} file={`${file}-wear`} />}
      <LapTimes autopsy={autopsy} cars={cars} file={file} />
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
