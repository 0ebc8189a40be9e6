/** What the crowd and the model say was optimal, and how sure they are. */
import { BASE, useAnswer } from '../lib/api';
import { lapRange, percent, plural, seconds } from '../lib/format';
import { Link, to } from '../lib/router';
import { openRun, raceKey, showsResults } from '../lib/spoiler';
import { windows } from '../model/crowd';
import type { Windows, WindowStop } from '../model/crowd';
import { spoken } from '../model/plan';
import { races } from '../model/races';
import { HBars } from '../charts/HBars';
import { WindowBars } from '../charts/WindowBars';
import { AsOf, asOf, useAsOf } from '../parts/AsOf';
import { RaceChoice } from '../parts/RaceChoice';
import { Source, Synthetic, Title } from '../parts/Page';
import type { PageProps } from '../parts/pages';
import { SpoilerGate } from '../parts/SpoilerGate';
import { Empty, Loaded } from '../parts/States';
import { useState } from 'react';

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
  return (
    <>
      <div className="row"><Synthetic is={value.synthetic} />{isModelOnly && <span className="chip warn">Model only, 0 people</span>}{value.label && <span className="chip">{value.label}</span>}</div>
      <p className="verdict">
        {isModelOnly || value.confidence === null
          ? 'Nobody has played this race well enough yet, so this is the model alone and there is no confidence to state.'
          : <>Confidence {value.confidence} %: {plural(value.accepted ?? 0, 'good run')} of {plural(value.simulations ?? 0, 'run')} by {plural(value.users ?? 0, 'person', 'people')}, worth {value.effectiveUsers?.toFixed(0)} independent ones.</>}
      </p>
      <WindowBars stops={stops} laps={value.laps} file={file} isModelOnly={isModelOnly} />
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
