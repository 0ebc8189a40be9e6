/** Gaps, places and tyres of everybody up to the lap of the run; nothing later is asked for. */
import { useEffect, useMemo, useState } from 'react';
import { BASE, load, useAnswer } from '../lib/api';
import { plural } from '../lib/format';
import { bands } from '../model/autopsy';
import { carLaps, field } from '../model/field';
import type { Field } from '../model/field';
import type { Run } from '../model/simulation';
import { GapTrace } from '../charts/GapTrace';
import { LapChart } from '../charts/LapChart';
import { StrategyBars } from '../charts/StrategyBars';
import { Loaded } from './States';

const REST_MILLISECONDS = 400;

export function RaceSoFar({ run }: { run: Run }) {
  const url = `${BASE}/simulate/${run.id}/field`;
  const answer = useAnswer(url, field);
  const shown = answer.value?.lap;
  useEffect(() => {
    if (shown === undefined || shown === run.lap) return;
    const timer = setTimeout(() => void load(url, field), REST_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [shown, run.lap, url]);
  return (
    <section aria-labelledby="so-far">
      <h2 id="so-far">The race so far</h2>
      <Loaded answer={answer} what="the race so far" height={900}>{(value) => <Charts value={value} run={run} />}</Loaded>
    </section>
  );
}

function Charts({ value, run }: { value: Field; run: Run }) {
  const cars = useMemo(() => value.cars.map(carLaps), [value]);
  const flags = useMemo(() => bands(value.kinds.map((kind, index) => ({ kind, lap: index + 1 }))), [value]);
  const [chosen, setLap] = useState<number | null>(null);
  const lap = Math.min(chosen ?? value.lap, value.lap);
  const order = run.tower.map(({ driver }) => driver);
  const place = order.indexOf(run.driver);
  const focus = [...new Set([run.driver, order[place - 1], order[place + 1]])].filter((code): code is string => code !== undefined);
  const file = `run-${run.id}`;
  const rows = order.flatMap((code) => {
    const car = value.cars.find(({ driver }) => driver === code);
    const stints = car?.stints.map(({ compound, firstLap, lastLap, age }) => ({ compound, first: firstLap, last: lastLap, age })) ?? [];
    return car ? [{ name: code, stints, isChosen: code === run.driver }] : [];
  });
  if (value.lap < 2) return <p className="pane quiet">Gaps and tyres are drawn from lap 2 on.</p>;
  const stopped = rows.filter(({ stints }) => stints.length > 1).length;
  return (
    <>
      <GapTrace cars={cars} laps={value.lap} bands={flags} focus={focus} lap={lap} setLap={setLap} file={`${file}-gaps`} />
      <StrategyBars
        title="Tyres so far, by order now" file={`${file}-tyres`} laps={run.laps} bands={flags} rows={rows}
        finding={`${stopped} of ${plural(rows.length, 'car')} have stopped by lap ${value.lap}; ${run.laps - value.lap} to go.`}
      />
      <LapChart cars={cars} laps={value.lap} bands={flags} focus={focus} lap={lap} setLap={setLap} file={`${file}-places`} />
    </>
  );
}
