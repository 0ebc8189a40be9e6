/** The autopsy on paper: for a meeting, for ever the same under its address. */
import { BASE, useAnswer } from '../lib/api';
import { count, interval, lapRange, seconds, span } from '../lib/format';
import { useKeys } from '../lib/keys';
import { Link, useQueryValue } from '../lib/router';
import { openRun, raceKey, showsResults } from '../lib/spoiler';
import { bands, lostAndWon, rows } from '../model/autopsy';
import type { Autopsy } from '../model/autopsy';
import { spoken } from '../model/plan';
import { focusOf, laps, races } from '../model/races';
import { report } from '../model/report';
import type { Report } from '../model/report';
import { alternatives } from '../model/strategies';
import { Candidates } from '../charts/Candidates';
import { Degradation } from '../charts/Degradation';
import { Paper } from '../charts/Figure';
import { GapTrace } from '../charts/GapTrace';
import { SIDES, Waterfall } from '../charts/Waterfall';
import { asOfValue, useAsOf } from '../parts/AsOf';
import { Evidence } from '../parts/Evidence';
import { Synthetic, Title } from '../parts/Page';
import type { PageProps } from '../parts/pages';
import { SpoilerGate } from '../parts/SpoilerGate';
import { Loaded } from '../parts/States';
import { useState } from 'react';
import type { ReactNode } from 'react';

export default function ReportPage({ parameters }: PageProps) {
  const { year = '', gp = '', driver = '' } = parameters;
  const run = openRun(raceKey(Number(year), gp));
  const [isAgreed, setIsAgreed] = useState(false);
  if (run && !isAgreed && !showsResults()) {
    return <SpoilerGate run={run} agree={() => setIsAgreed(true)} what={`the report of ${gp} ${year}`} />;
  }
  return <Opened path={[year, gp, driver].map(encodeURIComponent).join('/')} />;
}

/** The first page is open to everybody; the answer says so with this status. */
const PREVIEW_STATUS = 402;

const print = () => window.print();

const MODEL = (value: string) => (/^[0-9a-f]{8,64}$/.test(value) ? value : null);

function Opened({ path }: { path: string }) {
  const [at] = useAsOf();
  const [model] = useQueryValue('model', MODEL, '');
  const query = new URLSearchParams({ ...(at ? { asOf: asOfValue(at) } : {}), ...(model ? { model } : {}) });
  const url = `${BASE}/report/${path}${query.toString() && `?${query.toString()}`}`;
  const answer = useAnswer(url, report, PREVIEW_STATUS);
  useKeys([{ key: 'p', what: 'Print, or save as PDF', run: print }]);
  return (
    <>
      <p className="row noprint">
        <Link className="button" href={`/autopsy/${path}`}>Autopsy</Link>
        <button type="button" className="primary" onClick={print}>Print or save as PDF<kbd>p</kbd></button>
        {answer.value?.rest && <><a className="button" href={answer.value.heading.api}>JSON</a><a className="button" href={`${answer.value.heading.api}&format=csv`}>CSV</a></>}
      </p>
      <Loaded answer={answer} what="the report" height={1200}>{(value) => <Sheet value={value} />}</Loaded>
    </>
  );
}

function Sheet({ value }: { value: Report }) {
  const { heading } = value;
  const { value: list } = useAnswer(`${BASE}/races`, races);
  const race = list?.races.find(({ season, gp }) => season === value.season && gp === value.gp);
  const driver = race?.drivers.find(({ code }) => code === value.driver)?.name ?? value.driver;
  const name = race?.name ?? value.gp;
  const { lost, won, unexplained } = lostAndWon(rows(value));
  const file = `report-${value.season}-${value.gp}-${value.driver}`;
  return (
    <Paper.Provider value>
      <article className="paper">
        <header>
          <p className="row"><Synthetic is={value.synthetic} /></p>
          <Title title={`Report: ${value.driver}, ${name} ${value.season}`}>{driver}: {name} {value.season}</Title>
          <dl>
            <dt>Driver</dt><dd>{driver} ({value.driver}), {value.team}</dd>
            <dt>Race</dt><dd>{name} {value.season}, {value.laps} laps{race?.date && `, ${race.date}`}</dd>
            <dt>Model</dt><dd><code>{value.model}</code></dd>
            <dt>Read at</dt><dd>event {count(value.position)} of the log{heading.autopsy && <>, found at event {count(heading.autopsy.position)}</>}</dd>
            {heading.checkpoint && <><dt>Root of the log</dt><dd><code>{heading.checkpoint.root}</code></dd></>}
            <dt>Address</dt><dd><code>{window.location.origin}{heading.permalink}</code></dd>
          </dl>
        </header>
        <p className="verdict">{value.verdict}</p>
        <p>
          Lost {span(lost)}, won back {span(won)}, unexplained {seconds(unexplained)}: net {seconds(value.totalLossMilliseconds)}
          {value.totalLossInterval && ` (${interval(value.totalLossInterval.low, value.totalLossInterval.high)})`} against the ideal race.
          {' '}{value.gapToWinnerMilliseconds === null ? '' : `The gap to the winner, a fact of its own, was ${seconds(value.gapToWinnerMilliseconds)}.`}
        </p>
        <Waterfall
          costs={rows(value)} total={value.totalLossMilliseconds} totalInterval={value.totalLossInterval} against="the ideal race" file={file}
          note={`${SIDES} ${value.replicates ? `Whiskers hold nine in ten of ${value.replicates} refits.` : ''}`}
        />
        {value.rest ? <Rest rest={value.rest} of={value.rest.autopsy} file={file} /> : <Preview />}
      </article>
    </Paper.Provider>
  );
}

const HELD = [
  ['What stands behind each cause', 'the parts of every cost, in seconds, and the laps they come from'],
  ['What else could have been driven', 'up to three other strategies with the laps of each stop and what they would have brought'],
  ['Stops', 'every stop with its lane time against the best of the race'],
  ['Tyres', 'lap time over the age of the tyres, slope and error a stint'],
  ['Gaps', 'the race lap by lap against the leader and the car in front'],
  ['Windows', 'where crowd and model would have stopped, and how sure they are'],
  ['Method, limits and words', 'how the numbers are made and where they end'],
] as const;

function Preview() {
  return (
    <section className="held" aria-labelledby="held">
      <h2 id="held">The other pages</h2>
      <p>This first page is open to everybody. With Pro the report goes on with:</p>
      <dl>{HELD.map(([name, text]) => <Entry key={name} name={name}>{text}</Entry>)}</dl>
      <p>Pro is given to an account by the operators of this server. <Link href="/account">Your account</Link></p>
    </section>
  );
}

function Entry({ name, children }: { name: string; children: ReactNode }) {
  return <><dt>{name}</dt><dd>{children}</dd></>;
}

function Rest({ rest, of, file }: { rest: NonNullable<Report['rest']>; of: Autopsy; file: string }) {
  return (
    <>
      <h2 className="page">What stands behind each cause</h2>
      {rows(of).map((cost) => <Evidence key={cost.cause} cost={cost} autopsy={of} laps={rest.evidence.find(({ cause }) => cause === cost.cause)?.laps ?? []} />)}
      <Candidates
        title="What else could have been driven" rows={alternatives(of, 3)} laps={of.laps} file={file} unit="Against what was driven, s"
        note="Estimates with hindsight; minus is sooner. Brackets: laps on which a stop costs a second more at most. Ranges of cost hold nine in ten refits."
      />
      <Stops of={of} />
      <FromLaps of={of} file={file} />
      <WindowsTable found={rest.windows} />
      <Method rest={rest} />
    </>
  );
}

function Stops({ of }: { of: Autopsy }) {
  const best = of.bestLaneMilliseconds;
  return (
    <section className="pane" aria-labelledby="stops">
      <h2 id="stops">Stops</h2>
      <table>
        <caption>Time in the pit lane{best === null ? '' : `; the reference of the race is ${span(best, 2)}`}</caption>
        <thead><tr><th scope="col" className="n">Lap</th><th scope="col">Tyre</th><th scope="col" className="n">In the lane</th><th scope="col" className="n">Against the reference</th></tr></thead>
        <tbody>
          {of.stops.map((stop) => (
            <tr key={stop.lap}>
              <th scope="row" className="n">{stop.lap}</th><td>{spoken(stop.compound)}{stop.assumed && ' (assumed)'}</td>
              <td className="n">{stop.laneMilliseconds === null ? '–' : span(stop.laneMilliseconds, 2)}</td>
              <td className="n">{stop.laneMilliseconds === null || best === null ? '–' : seconds(stop.laneMilliseconds - best, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function FromLaps({ of, file }: { of: Autopsy; file: string }) {
  const answer = useAnswer(`${BASE}/races/${of.season}/${encodeURIComponent(of.gp)}/laps`, laps);
  const flags = bands(of.lapRows);
  return (
    <Loaded answer={answer} what="the laps" height={800}>
      {(cars) => {
        const own = cars.find(({ code }) => code === of.driver);
        const race = Math.max(of.laps, ...cars.map((car) => car.laps.length));
        return (
          <>
            {own && <Degradation car={own} flags={flags} file={file} />}
            <GapTrace cars={cars} laps={race} bands={flags} focus={focusOf(cars, of.driver)} lap={of.laps} setLap={() => undefined} file={file} />
          </>
        );
      }}
    </Loaded>
  );
}

function WindowsTable({ found }: { found: NonNullable<Report['rest']>['windows'] }) {
  return (
    <section className="pane" aria-labelledby="windows">
      <h2 id="windows">Windows</h2>
      <table>
        <caption>{found.users ? `${found.accepted ?? 0} good runs by ${found.users} people` : 'The model alone: nobody has played this race'}</caption>
        <thead><tr><th scope="col">Stop</th><th scope="col">Window</th><th scope="col" className="n">Confidence</th><th scope="col">Tyre</th></tr></thead>
        <tbody>
          {(found.stops ?? []).map((stop) => (
            <tr key={stop.stop}>
              <th scope="row">{stop.stop}</th><td>{lapRange(stop.window.firstLap, stop.window.lastLap)}</td>
              <td className="n">{stop.confidence === null ? 'none' : `${stop.confidence} %`}</td><td>{stop.compound ? spoken(stop.compound) : 'undecided'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Method({ rest }: { rest: NonNullable<Report['rest']> }) {
  return (
    <section className="pane" aria-labelledby="method">
      <h2 id="method">Method, limits and words</h2>
      {rest.method.map((text) => <p key={text}>{text}</p>)}
      <h3>Limits</h3>
      <ul>{rest.limits.map((text) => <li key={text}>{text}</li>)}</ul>
      <h3>Words</h3>
      <dl>
        <Entry name="Cause, cost">One of six reasons for time lost; its seconds. A gain is a cost below zero.</Entry>
        <Entry name="Unexplained">What no cause explains. It is shown, and not shared out among them.</Entry>
        <Entry name="Window">The laps between which a stop lies most likely; its confidence is the share of good runs there, at least.</Entry>
        <Entry name="SC, VSC, RED">Laps behind the safety car, under the virtual one, or stopped by a red flag.</Entry>
        <Entry name="S, M, H, I, W">Soft, medium, hard, intermediate and wet tyres.</Entry>
      </dl>
      <p>Every event behind these numbers: <code>{window.location.origin}/audit</code></p>
    </section>
  );
}
