/** What the crowd and the model say was optimal, and how sure they are. */
import { BASE, useAnswer } from '../lib/api';
import { lapRange, percent, plural, seconds } from '../lib/format';
import { Link, to } from '../lib/router';
import { useKeys } from '../lib/keys';
import { openRun, raceKey, showsResults } from '../lib/spoiler';
import { heatmap, windows } from '../model/crowd';
import type { Windows, WindowStop } from '../model/crowd';
import { spoken } from '../model/plan';
import { focusOf, laps, races } from '../model/races';
import type { CarLaps } from '../model/races';
import { candidates } from '../model/strategies';
import type { Candidate } from '../model/strategies';
import { HBars } from '../charts/HBars';
import { Candidates } from '../charts/Candidates';
import { StopDensity } from '../charts/StopDensity';
import type { RealStop } from '../charts/StopDensity';
import { drivenStints } from '../charts/StrategyBars';
import { AsOf, asOf, useAsOf } from '../parts/AsOf';
import { RaceChoice } from '../parts/RaceChoice';
import { Source, Synthetic, Title } from '../parts/Page';
import type { PageProps } from '../parts/pages';
import { SpoilerGate } from '../parts/SpoilerGate';
import { Empty, Loaded } from '../parts/States';
import { useMemo, useState } from 'react';

export default function Optimal({ parameters }: PageProps) {
  const { circuit = '', year = '' } = parameters;
  const { value: list } = useAnswer(`${BASE}/races`, races);
  const race = list?.races.find((each) => each.circuit === circuit && String(each.season) === year);
  const run = race ? openRun(raceKey(race.season, race.gp)) : null;
  const [isAgreed, setIsAgreed] = useState(false);
  if (run && !isAgreed && !showsResults()) return <SpoilerGate run={run} agree={() => setIsAgreed(true)} what="its windows" />;
  return <Opened circuit={circuit} year={year} name={race ? `${race.name} ${race.season}` : `${circuit} ${year}`} />;
}

function Opened({ circuit, year, name }: { circuit: string; year: string; name: string }) {
  const [at] = useAsOf();
  const { value: list } = useAnswer(`${BASE}/races`, races);
  const url = asOf(`${BASE}/optimal/${encodeURIComponent(circuit)}/${encodeURIComponent(year)}`, at);
  const answer = useAnswer(url, windows);
  return (
    <>
      <RaceChoice page="optimal" circuit={circuit} year={year} />
      <Title title={`Windows, ${name}`}>Optimal windows: {name}</Title>
      <AsOf newest={list?.position ?? null} />
      <Loaded answer={answer} what="the windows">
        {(value) => value.stops === null
          ? <Empty title="No windows yet"><p>Neither the crowd nor the model says anything of this race.</p><Link className="button primary" href={to('simulator', value.season, value.gp, '')}>Play it</Link></Empty>
          : <Shown value={value} stops={value.stops} url={url} />}
      </Loaded>
    </>
  );
}

function Shown({ value, stops, url }: { value: Windows; stops: readonly WindowStop[]; url: string }) {
  const isModelOnly = value.basis !== 'crowd';
  const file = `${value.season}-${value.gp}-windows`;
  const shares = value.stopShares ?? [];
  const [isCompared, setIsCompared] = useState(false);
  const driven = useAnswer(isCompared ? `${BASE}/races/${value.season}/${encodeURIComponent(value.gp)}/laps` : null, laps);
  const cars = isCompared ? driven.value : null;
  useKeys([{ key: 'c', what: 'Compare with the real race', run: () => setIsCompared((now) => !now) }]);
  return (
    <>
      <div className="row"><Synthetic is={value.synthetic} />{isModelOnly && <span className="chip warn">Model only, 0 people</span>}{value.label && <span className="chip">{value.label}</span>}</div>
      <p className="verdict">
        {isModelOnly || value.confidence === null
          ? 'Nobody has played this race well enough yet, so this is the model alone and there is no confidence to state.'
          : <>Confidence {value.confidence} %: {plural(value.accepted ?? 0, 'good run')} of {plural(value.simulations ?? 0, 'run')} by {plural(value.users ?? 0, 'person', 'people')}, worth {value.effectiveUsers?.toFixed(0)} independent ones.</>}
      </p>
      <p className="row noprint">
        <button type="button" aria-pressed={isCompared} onClick={() => setIsCompared(!isCompared)}>Compare with the real race<kbd>c</kbd></button>
        {isCompared && !cars && <span className="quiet" role="status">{driven.problem ? driven.problem.title : 'Loading the laps…'}</span>}
      </p>
      <Strategies value={value} cars={cars} file={file} />
      <StopDensity stops={stops} laps={value.laps} real={cars ? realStops(cars) : []} file={file} isModelOnly={isModelOnly} />
      <div className="grid">{stops.map((stop) => <StopCard key={stop.stop} stop={stop} isModelOnly={isModelOnly} />)}</div>
      {shares.length > 0 && (
        <HBars
          title="How many stops" unit="Share, %" file={`${file}-stops`} most={100}
          finding={`Likeliest: ${plural(value.stopCount ?? 0, 'stop')}, with ${percent(shares.find(({ stops: count }) => count === value.stopCount)?.share ?? 0)}.`}
          rows={shares.map(({ stops: count, share }) => ({ name: plural(count, 'stop'), value: Math.round(share * 1000) / 10, text: percent(share) }))}
        />
      )}
      <Source url={url} />
    </>
  );
}

/** When everybody changed tyres in the real race. */
const realStops = (cars: readonly CarLaps[]): RealStop[] =>
  cars.flatMap((car) => drivenStints(car).slice(1).map(({ first }) => ({ code: car.code, lap: first - 1 })));

function Strategies({ value, cars, file }: { value: Windows; cars: readonly CarLaps[] | null; file: string }) {
  const base = `${BASE}/heatmap/${encodeURIComponent(value.circuit)}/${value.season}?stops=`;
  const one = useAnswer(`${base}1`, heatmap);
  const two = useAnswer(`${base}2`, heatmap);
  const rows = useMemo(() => (one.value && two.value ? candidates([one.value, two.value], 5) : []), [one.value, two.value]);
  return (
    <Loaded answer={one} what="the strategies" height={420}>
      {() => (
        <Loaded answer={two} what="the strategies" height={420}>
          {() => (
            <>
              <Candidates
                rows={rows} laps={value.laps} file={`${file}-strategies`}
                note="What the engine says of every legal pair of laps, best of each sequence of tyres. Brackets: laps that cost at most a second more. Good runs: those that stopped within all brackets, share and number."
              />
              {cars && <Compared best={rows[0]} cars={cars} value={value} />}
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

/** Crowd, engine and the real winner in three lines, with what tells them apart. */
function Compared({ best, cars, value }: { best: Candidate | undefined; cars: readonly CarLaps[]; value: Windows }) {
  const winner = cars.find(({ code }) => code === focusOf(cars, '')[1]);
  const stints = winner ? drivenStints(winner) : [];
  const real = stints.map(({ compound, first }) => (first === 1 ? spoken(compound || null) : `${spoken(compound || null)} after lap ${first - 1}`)).join(', ');
  const crowd = (value.stops ?? []).map((stop) => lapRange(stop.window.firstLap, stop.window.lastLap)).join(' and ');
  return (
    <section className="pane" aria-label="Crowd, engine and winner">
      <h2>Crowd, engine and the real winner</h2>
      <dl>
        <dt>Crowd</dt><dd>{crowd || 'nobody yet'}</dd>
        <dt>Engine</dt><dd>{best ? [spoken(best.start), ...best.stops.map((stop) => `${spoken(stop.compound)} after lap ${stop.lap}`)].join(', ') : 'no legal plan'}</dd>
        <dt>{winner?.code ?? 'Winner'}, really</dt><dd>{real || 'unknown'}</dd>
      </dl>
      <p className="quiet small">The engine knows the whole race and the mean of the real first ten; the crowd and the winner had to decide before they knew.</p>
    </section>
  );
}

function StopCard({ stop, isModelOnly }: { stop: WindowStop; isModelOnly: boolean }) {
  const likely = [...stop.compounds].sort((a, b) => b.share - a.share).slice(0, 3);
  return (
    <section className="pane" aria-label={`Stop ${stop.stop}`}>
      <h2>Stop {stop.stop}: {lapRange(stop.window.firstLap, stop.window.lastLap)}</h2>
      {stop.split && stop.otherWindow && <p>The crowd is split; the other window is {lapRange(stop.otherWindow.firstLap, stop.otherWindow.lastLap)}.</p>}
      <dl>
        <dt>Confidence</dt><dd>{isModelOnly || stop.confidence === null ? 'none, model only' : `${stop.confidence} %, ${plural(stop.users, 'person', 'people')}, worth ${stop.effectiveUsers.toFixed(0)}`}</dd>
        <dt>Tyre</dt><dd>{stop.compound ? `${spoken(stop.compound)}${stop.compoundConfidence === null ? '' : `, ${stop.compoundConfidence} %`}` : `undecided: ${likely.map((tyre) => `${spoken(tyre.compound)} ${percent(tyre.share)}`).join(', ')}`}</dd>
        <dt>Undercut</dt><dd>{stop.undercutMilliseconds === null ? 'unknown' : `${seconds(stop.undercutMilliseconds)} for stopping a lap earlier`}</dd>
      </dl>
      <table>
        <caption>Tyres of good runs, nine in ten lie in the range</caption>
        <thead><tr><th scope="col">Tyre</th><th scope="col" className="n">Share</th><th scope="col" className="n">Range</th></tr></thead>
        <tbody>{likely.map((tyre) => <tr key={tyre.compound}><th scope="row">{spoken(tyre.compound)}</th><td className="n">{percent(tyre.share)}</td><td className="n">{percent(tyre.low)} to {percent(tyre.high)}</td></tr>)}</tbody>
      </table>
    </section>
  );
}
