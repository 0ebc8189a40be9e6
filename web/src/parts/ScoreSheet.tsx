/** How a run was judged, decision by decision, and what it is set beside. */
import { useState } from 'react';
import { BASE, useAnswer } from '../lib/api';
import { clock, plural, seconds } from '../lib/format';
import { Link, to } from '../lib/router';
import { inWords } from '../model/plan';
import type { Race } from '../model/races';
import { review } from '../model/simulation';
import type { Review, Run, RunResult } from '../model/simulation';
import { ownStints } from '../model/play';
import { LinesByLap } from '../charts/Lines';
import { ScoreBars } from '../charts/ScoreBars';
import { StrategyBars, planRow } from '../charts/StrategyBars';
import { RunActions } from './RunActions';
import { DecisionTable } from './DecisionTable';
import { Empty, Loaded } from './States';

export function ScoreSheet({ run, race }: { run: Run; race: Race | null }) {
  const { result } = run;
  const link = race && to('simulator', race.season, race.gp, run.driver);
  if (!result) {
    return <Empty title="Given up"><p>The run ended on lap {run.lap} without a score. Its decisions stay in the log.</p>{link && <Link className="button primary" href={link}>Play again</Link>}</Empty>;
  }
  return <Finished run={run} result={result} race={race} link={link} />;
}

function Finished({ run, result, race, link }: { run: Run; result: RunResult; race: Race | null; link: string | null }) {
  const answer = useAnswer(`${BASE}/simulate/${run.id}/review`, review);
  return (
    <>
      <p className="verdict">
        P{result.place} in {clock(result.totalMilliseconds)}: {seconds(result.toOptimumMilliseconds)} against the best possible
        {result.toRealMilliseconds !== null && <>, {seconds(result.toRealMilliseconds)} against the real decisions replayed</>}.
        {' '}Best possible: {inWords(result.optimalPlan)}.
      </p>
      <div className="row">
        {link && <Link className="button primary" href={link}>Play again</Link>}
        {race && <Link className="button" href={to('autopsy', race.season, race.gp, run.driver)}>Autopsy of the real race</Link>}
        <Link className="button" href={`/audit/run/${run.id}`}>Audit</Link>
      </div>
      <ScoreBars result={result} file={`run-${run.id}`} />
      <StrategyBars
        title="Yours, the real one, the best" file={`run-${run.id}-plans`} laps={run.laps} bands={[]}
        finding={`You stopped ${plural(result.stopCount, 'time')}, the real car ${plural(result.realPlan.stops.length, 'time')}, the best plan ${plural(result.optimalPlan.stops.length, 'time')}.`}
        rows={[{ name: 'Yours', stints: ownStints(run), isChosen: true }, planRow('Real', result.realPlan, run.laps), planRow('Best', result.optimalPlan, run.laps)]}
      />
      <DecisionTable decisions={run.decisions} />
      <Loaded answer={answer} what="what the run is set beside" height={320}>{(value) => <Beside value={value} run={run} result={result} />}</Loaded>
      <RunActions run={run} />
      <p className="quiet small">
        Every second is an estimate: replaying the real decisions misses the real time by {result.replayErrorMilliseconds === null ? 'an unknown amount' : seconds(result.replayErrorMilliseconds)}.
        {run.ranked ? ` Attempt ${result.attempt}.` : ' Practice: this run counts neither for the leaderboard nor for the windows.'}
      </p>
    </>
  );
}

interface Row { readonly name: string; readonly plan: string; readonly time: number; readonly place: number | null; readonly iq: number | null }

function Beside({ value, run, result }: { value: Review; run: Run; result: RunResult }) {
  const named = [['Best possible', value.optimum], ['Without foresight', value.unforeseeing], ['Real decisions, replayed', value.real]] as const;
  const rows: Row[] = [
    { name: 'You', plan: plural(result.stopCount, 'stop'), time: result.totalMilliseconds, place: result.place, iq: result.iq },
    ...named.flatMap(([name, found]) => (found ? [{ name, plan: inWords(found.plan), time: found.finishMilliseconds, place: found.place, iq: found.iq }] : [])),
  ];
  return (
    <>
      <section className="pane">
        <h2>Set beside</h2>
        {value.randomIQ !== null && <p>Random legal calls in this race score {value.randomIQ.toFixed(1)} on average.{value.expectedCostMilliseconds !== null && <> Your decisions cost {seconds(value.expectedCostMilliseconds)} by what could be known at the time.</>}</p>}
        <div className="scroll" role="region" tabIndex={0} aria-label="Your run beside others">
          <table>
            <caption>All by the same model</caption>
            <thead><tr><th scope="col">Run</th><th scope="col">Plan</th><th scope="col" className="n">Finish</th><th scope="col" className="n">Place</th><th scope="col" className="n">IQ</th></tr></thead>
            <tbody>{rows.map((row) => <tr key={row.name}><th scope="row">{row.name}</th><td>{row.plan}</td><td className="n">{clock(row.time)}</td><td className="n">{row.place === null ? '–' : `P${row.place}`}</td><td className="n">{row.iq === null ? '–' : row.iq.toFixed(1)}</td></tr>)}</tbody>
          </table>
        </div>
      </section>
      {value.stops.map((stop, index) => <Regret key={index} stop={stop} index={index} run={run} />)}
    </>
  );
}

/** C17: what another lap for this stop would have cost. */
function Regret({ stop, index, run }: { stop: Review['stops'][number]; index: number; run: Run }) {
  const mine = run.stops[index]?.lap ?? null;
  const [lap, setLap] = useState(mine ?? stop.laps[0]?.lap ?? 1);
  const known = stop.laps.filter((row) => row.milliseconds !== null);
  const best = [...known].sort((a, b) => (a.milliseconds ?? 0) - (b.milliseconds ?? 0))[0];
  const own = known.find((row) => row.lap === mine);
  if (!best) return null;
  const first = Math.min(...stop.laps.map((row) => row.lap));
  return (
    <LinesByLap
      title={`Stop ${index + 1}: what another lap would have cost`} file={`run-${run.id}-stop-${index + 1}`}
      finding={`Lap ${best.lap} was best${own && (own.milliseconds ?? 0) - (best.milliseconds ?? 0) >= 50 ? `; your lap ${own.lap} cost ${seconds((own.milliseconds ?? 0) - (best.milliseconds ?? 0))} more` : own ? `, and your lap ${own.lap} as good` : ''}.`}
      columns={[{ name: 'Lap', value: (row) => row.lap }, { name: 'Against the best, s', value: (row) => (row.milliseconds === null ? null : row.milliseconds / 1000) }]}
      rows={stop.laps} series={[{ name: 'cost', points: stop.laps.map((row) => ({ lap: row.lap, value: row.milliseconds })) }]}
      marks={[...(own ? [{ lap: own.lap, text: 'you' }] : []), ...(stop.window.length === 2 ? [{ lap: stop.window[0] ?? 0, text: 'window' }, { lap: stop.window[1] ?? 0, text: 'ends' }] : [])]}
      label="s against the best" format={(value) => seconds(value).replace('\u00a0s', '')} lap={lap} setLap={setLap} first={first} last={Math.max(...stop.laps.map((row) => row.lap))} floor={0}
    />
  );
}
