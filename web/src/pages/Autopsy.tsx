/** What a race cost one driver, and how we know. */
import { useState } from 'react';
import { BASE, useAnswer } from '../lib/api';
import { useKeys } from '../lib/keys';
import { Link, oneOf, to, useQueryValue } from '../lib/router';
import { openRun, raceKey, showsResults } from '../lib/spoiler';
import { autopsy, lostAndWon, rows } from '../model/autopsy';
import type { Autopsy } from '../model/autopsy';
import { laps, races } from '../model/races';
import type { PageProps } from '../parts/pages';
import { AutopsyControls } from '../parts/AutopsyControls';
import { ImportRace } from '../parts/ImportRace';
import { SpoilerGate } from '../parts/SpoilerGate';
import { Loaded } from '../parts/States';
import { Source, Synthetic, Title } from '../parts/Page';
import { Tabs } from '../parts/Tabs';
import { seconds, span } from '../lib/format';
import { AutopsyCharts } from './AutopsyCharts';
import { AutopsyLaps } from './AutopsyLaps';
import { AutopsyMethod } from './AutopsyMethod';
import { AutopsyStory } from './AutopsyStory';
import { AutopsyTimeline } from './AutopsyTimeline';

const TABS = [
  { name: 'story', label: 'Story' }, { name: 'charts', label: 'Charts' }, { name: 'timeline', label: 'Timeline' },
  { name: 'laps', label: 'Raw laps' }, { name: 'method', label: 'Method' },
] as const;
const NAMES = TABS.map(({ name }) => name);

export default function AutopsyPage({ parameters }: PageProps) {
  const { year = '', gp = '', driver = '' } = parameters;
  const run = openRun(raceKey(Number(year), gp));
  const [isAgreed, setIsAgreed] = useState(false);
  if (run && !isAgreed && !showsResults()) {
    return <SpoilerGate run={run} agree={() => setIsAgreed(true)} what={`the autopsy of ${gp} ${year}`} />;
  }
  return <Opened year={year} gp={gp} driver={driver} />;
}

function Opened({ year, gp, driver }: { year: string; gp: string; driver: string }) {
  const base = `${encodeURIComponent(year)}/${encodeURIComponent(gp)}`;
  const url = `${BASE}/autopsy/${base}/${encodeURIComponent(driver)}`;
  const answer = useAnswer(url, autopsy);
  const driven = useAnswer(`${BASE}/races/${base}/laps`, laps);
  const [tab, setTab] = useQueryValue('tab', oneOf(NAMES), 'story');
  const [shared, setShared] = useState('');
  const share = () => {
    // Without a secure context there is no clipboard; the address bar says the same.
    const copied = navigator.clipboard?.writeText(window.location.href) ?? Promise.reject(new Error('no clipboard'));
    copied.then(() => setShared('The address is copied.'), () => setShared('Copy the address from the bar above.'));
  };
  useKeys([
    { key: 's', what: 'Share: copy the address', run: share }, { key: 't', what: 'Table of the chart in focus', run: toggleTable },
    { key: 'e', what: 'Evidence of the cause', run: () => document.querySelector<HTMLElement>('[id^=evidence-]')?.focus() },
  ]);
  useKeys(TABS.map(({ name, label }, index) => ({ key: String(index + 1), what: `Tab: ${label}`, run: () => setTab(name) })));
  return (
    <>
      <AutopsyControls year={year} gp={gp} driver={driver} />
      {answer.problem?.code === 'unknown-race' && <ImportRace year={year} gp={gp} done={answer.retry} />}
      <Loaded answer={answer} what={`the autopsy of ${driver}; the first time it is computed`} height={700}>
        {(value) => (
          <>
            <Head autopsy={value} />
            <p className="row noprint">
              <Link className="button" href={to('report', year, gp, driver)}>Report</Link>
              <button type="button" onClick={share}>Share<kbd>s</kbd></button>
              <span role="status" className="quiet">{shared}</span>
            </p>
            <Tabs tabs={TABS} chosen={tab} choose={setTab} label="Parts of the autopsy">
              {tab === 'story' && <AutopsyStory autopsy={value} laps={driven} base={base} />}
              {tab === 'charts' && <AutopsyCharts autopsy={value} laps={driven} />}
              {tab === 'timeline' && <AutopsyTimeline autopsy={value} />}
              {tab === 'laps' && <AutopsyLaps autopsy={value} laps={driven} base={base} />}
              {tab === 'method' && <AutopsyMethod autopsy={value} />}
            </Tabs>
            <Source url={url} />
          </>
        )}
      </Loaded>
    </>
  );
}

/** Of the chart that holds the focus, or of the first. */
function toggleTable(): void {
  const figure = document.activeElement?.closest('figure') ?? document.querySelector('figure');
  figure?.querySelector<HTMLElement>('.tools button')?.click();
}

function Head({ autopsy: value }: { autopsy: Autopsy }) {
  const { lost, won, unexplained } = lostAndWon(rows(value));
  const { value: list } = useAnswer(`${BASE}/races`, races);
  const race = list?.races.find(({ season, gp }) => season === value.season && gp === value.gp);
  const name = race?.drivers.find(({ code }) => code === value.driver)?.name ?? value.driver;
  return (
    <>
      <div className="row">
        <span className="chip">{finish(value)}</span>
        <Synthetic is={value.synthetic} />
        {value.flags.map((flag) => <span key={flag} className="chip warn">{flag.replace(/_/g, ' ')}</span>)}
      </div>
      <Title title={`Autopsy: ${value.driver}, ${value.gp} ${value.season}`}>Autopsy: {name}</Title>
      <p className="verdict">{value.verdict}</p>
      <dl className="tiles">
        <div><dt>Lost to causes</dt><dd className="loss">{span(lost)}</dd></div>
        <div><dt>Won back</dt><dd className="gain">{span(won)}</dd></div>
        <div><dt>Unexplained</dt><dd>{seconds(unexplained)}</dd></div>
        <div><dt>Net against the ideal race</dt><dd>{seconds(value.totalLossMilliseconds)}<small>{value.totalLossInterval ? `${seconds(value.totalLossInterval.low)} to ${seconds(value.totalLossInterval.high)}` : 'no interval'}</small></dd></div>
        <div><dt>Gap to the winner</dt><dd>{value.gapToWinnerMilliseconds === null ? 'none' : seconds(value.gapToWinnerMilliseconds)}<small>a fact of its own</small></dd></div>
      </dl>
    </>
  );
}

function finish({ outcome }: Autopsy): string {
  if (outcome.kind === 'classified') {
    const down = outcome.lapsDown ? `, ${outcome.lapsDown} ${outcome.lapsDown === 1 ? 'lap' : 'laps'} down` : '';
    return `P${outcome.place ?? '?'}${down}`;
  }
  if (outcome.kind === 'retired') return `Retired, lap ${outcome.lap ?? '?'}${outcome.reason ? `: ${outcome.reason}` : ''}`;
  return `Disqualified${outcome.reason ? `: ${outcome.reason}` : ''}`;
}
