/** The autopsy on paper: for a meeting, for ever the same under its address. */
import { BASE, useAnswer } from '../lib/api';
import { count, interval, lapRange, seconds, span } from '../lib/format';
import { useKeys } from '../lib/keys';
import { Link, to } from '../lib/router';
import { useAccount } from '../lib/session';
import { openRun, raceKey, showsResults } from '../lib/spoiler';
import { autopsy, bands, lostAndWon, rows } from '../model/autopsy';
import { windows } from '../model/crowd';
import type { Autopsy } from '../model/autopsy';
import { spoken } from '../model/plan';
import { focusOf, laps, races } from '../model/races';
import type { Report } from '../model/report';
import { alternatives } from '../model/strategies';
import { Candidates } from '../charts/Candidates';
import { Degradation } from '../charts/Degradation';
import { Paper } from '../charts/Figure';
import { GapTrace } from '../charts/GapTrace';
import { Waterfall } from '../charts/Waterfall';
import { asOf, useAsOf } from '../parts/AsOf';
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

const print = () => window.print();

function Opened({ path }: { path: string }) {
  const [at] = useAsOf();
  const url = asOf(`${BASE}/report/${path}`, at);
  const answer = useReport(path);
  useKeys([{ key: 'p', what: 'Print, or save as PDF', run: print }]);
  return (
    <>
      <p className="row noprint">
        <Link className="button" href={`/autopsy/${path}`}>Autopsy</Link>
        <button type="button" className="primary" onClick={print}>Print or save as PDF<kbd>p</kbd></button>
        <a className="button" href={url}>JSON</a><a className="button" href={`${url}${url.includes('?') ? '&' : '?'}format=csv`}>CSV</a>
      </p>
      <Loaded answer={answer} what="the report" height={1200}>{(value) => <Sheet value={value} path={path} />}</Loaded>
    </>
  );
}

function useReport(path: string): ReturnType<typeof useAnswer<Report>> {
  const taken = useAnswer(`${BASE}/autopsy/${path}`, autopsy);
  const { value: list } = useAnswer(`${BASE}/races`, races);
  const isPro = useAccount()?.isPro ?? false;
  const value = taken.value;
  const race = list?.races.find(({ season, gp }) => season === value?.season && gp === value.gp);
  const found = useAnswer(race && isPro ? `${BASE}/optimal/${race.circuit}/${race.season}` : null, windows);
  return {
    ...taken,
    value: value && list && {
      ...value, rest: isPro ? value : null, windows: found.value,
      title: { race: race?.name ?? value.gp, driverName: race?.drivers.find(({ code }) => code === value.driver)?.name ?? value.driver, date: race?.date ?? null, checkpoint: null },
    },
  };
}

function Sheet({ value, path }: { value: Report; path: string }) {
  const { title } = value;
  const { lost, won, unexplained } = lostAndWon(rows(value));
  const permalink = `${window.location.origin}/report/${path}?at=${value.position}`;
  const file = `report-${value.season}-${value.gp}-${value.driver}`;
  return (
    <Paper.Provider value>
      <article className="paper">
        <header>
          <p className="row"><Synthetic is={value.synthetic} /></p>
          <Title title={`Report: ${value.driver}, ${title.race} ${value.season}`}>{title.driverName}: {title.race} {value.season}</Title>
          <dl>
            <dt>Driver</dt><dd>{title.driverName} ({value.driver}), {value.team}</dd>
            <dt>Race</dt><dd>{title.race} {value.season}{title.date && `, ${title.date}`}</dd>
            <dt>Model</dt><dd><code>{value.model.slice(0, 16)}</code>, read at event {count(value.position)} of the log</dd>
            {title.checkpoint && <><dt>Checkpoint</dt><dd><code>{title.checkpoint}</code></dd></>}
            <dt>Address</dt><dd><code>{permalink}</code></dd>
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
          note="Right and solid is time lost; left and hatched is time won back. Whiskers hold nine in ten refits."
        />
        {value.rest ? <Rest value={value} of={value.rest} file={file} /> : <Preview />}
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

function Rest({ value, of, file }: { value: Report; of: Autopsy; file: string }) {
  const plans = alternatives(of, 3);
  return (
    <>
      <h2 className="page">What stands behind each cause</h2>
      {rows(of).map((cost) => <Evidence key={cost.cause} cost={cost} autopsy={of} />)}
      <Candidates
        title="What else could have been driven" rows={plans} laps={of.laps} file={file} unit="Against what was driven, s"
        note="Estimates with hindsight; minus is sooner. Brackets: laps within which a stop comes to nearly the same."
      />
      <Stops of={of} />
      <FromLaps of={of} file={file} />
      {value.windows && <WindowsTable found={value.windows} />}
      <Method of={of} />
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

function WindowsTable({ found }: { found: NonNullable<Report['windows']> }) {
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

function Method({ of }: { of: Autopsy }) {
  return (
    <section className="pane" aria-labelledby="method">
      <h2 id="method">Method, limits and words</h2>
      <p>The race of {of.driver} is set against the ideal race: the best plan, known afterwards, of a car with the best pace of that race and the best crew, first from the grid and alone on the track, under the neutralisations that came. Six causes take the difference apart in causal order. What they do not explain, {seconds(of.residualMilliseconds)}, is shown and not shared out among them.</p>
      <p>{of.replicates ? `Intervals hold nine in ten of ${of.replicates} refits. ` : ''}Every number of the model is an estimate. Losses may exceed the net gap, because other causes win time back. Other cars are taken as they really drove.</p>
      <dl>
        <Entry name="Cause, cost">One of six reasons for time lost; its seconds. A gain is a cost below zero.</Entry>
        <Entry name="Window">The laps between which a stop lies most likely; its confidence is the share of good runs there, at least.</Entry>
        <Entry name="SC, VSC, RED">Laps behind the safety car, under the virtual one, or stopped by a red flag.</Entry>
        <Entry name="S, M, H, I, W">Soft, medium, hard, intermediate and wet tyres.</Entry>
      </dl>
      <p>How it is made: <code>{window.location.origin}/help</code>. Every event: <Link href="/audit">{window.location.origin}/audit</Link>. <Link href={to('autopsy', of.season, of.gp, of.driver)}>The autopsy with all its charts</Link></p>
    </section>
  );
}
