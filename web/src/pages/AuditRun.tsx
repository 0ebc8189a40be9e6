/** Every event of a run, as it stands in the log, with a scrubber that plays it again. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { BASE, useAnswer } from '../lib/api';
import { count, plural, words } from '../lib/format';
import { useKeys } from '../lib/keys';
import { Link, to, useQueryValue, wholeNumber } from '../lib/router';
import { runEvents, stateAt } from '../model/audit';
import type { AuditEvent, RunEvents } from '../model/audit';
import { AuditEventView, eventInWords } from '../parts/AuditEventView';
import { Source, Title } from '../parts/Page';
import type { PageProps } from '../parts/pages';
import { Loaded } from '../parts/States';
import { save } from '../parts/save';
import { Tabs } from '../parts/Tabs';
import { Verify, byReceipts } from '../parts/Verify';

export default function AuditRun({ parameters }: PageProps) {
  const id = parameters.id ?? '';
  const url = `${BASE}/audit/simulations/${encodeURIComponent(id)}`;
  const answer = useAnswer(url, runEvents);
  return (
    <>
      <Title title={`Audit of run ${id.slice(0, 8)}`}>Audit of a run</Title>
      <p className="quiet">Run <code>{id}</code></p>
      <Loaded answer={answer} what="the events">
        {(value) => <><Events value={value} /><Source url={url} /></>}
      </Loaded>
    </>
  );
}

const SPEEDS = [1, 4, 16] as const;
const SECOND_MILLISECONDS = 1000;

/** Plays on by itself, so many events a second, to the last one. */
function usePlayback(at: number, last: number, go: (next: number) => void) {
  const [isOn, setIsOn] = useState(false);
  const [speed, setSpeed] = useState<number>(1);
  const isPlaying = isOn && at < last;
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => go(at + 1), SECOND_MILLISECONDS / speed);
    return () => clearTimeout(timer);
  }, [isPlaying, at, speed, go]);
  const toggle = () => {
    if (!isPlaying && at >= last) go(1);
    setIsOn(!isPlaying);
  };
  return { isPlaying, speed, toggle, faster: () => setSpeed(SPEEDS[(SPEEDS.indexOf(speed as 1) + 1) % SPEEDS.length] ?? 1) };
}

function Events({ value }: { value: RunEvents }) {
  const { events } = value;
  const last = events.length;
  const [at, setAt] = useQueryValue('at', wholeNumber(1, Math.max(1, last)), last);
  const event = events[at - 1];
  const go = (next: number) => setAt(Math.max(1, Math.min(last, next)), 'replace');
  const { isPlaying, speed, toggle, faster } = usePlayback(at, last, go);
  useKeys([
    { key: 'j', what: 'Next event', run: () => go(at + 1) }, { key: 'k', what: 'Event before', run: () => go(at - 1) },
    { key: 'Home', what: 'First event', run: () => go(1) }, { key: 'End', what: 'Last event', run: () => go(last) },
    { key: ' ', what: 'Play the events, or pause', run: toggle },
  ]);
  const claims = events.map(({ position, version, type, actor, actorVersion, command, data }) => ({
    position, says: { version, type, actor, actorVersion, command, stream: value.simulation, data },
  }));
  const { forkOf } = stateAt(events, 1);
  return (
    <>
      <p>{plural(last, 'event')}. {value.over ? 'The run is over.' : 'The run goes on: what its decisions cost is shown afterwards.'} {value.player && <Link href={to('audit', 'user', value.player)}>All decisions of this player</Link>}</p>
      {forkOf && <p className="banner"><span>⑂ A branch of another run: what was decided before lap {events[0] ? lapOf(events[0]) : '?'} it took over.</span><Link href={to('audit', 'run', forkOf)}>The run it comes from</Link></p>}
      {value.over
        ? <Verify check={byReceipts(claims)} label={`Verify ${plural(claims.length, 'event')}`} />
        : <p className="pane">Receipts are given when the run is over; until then they would tell what it still holds.</p>}
      <Halves
        list={<List events={events} at={at} go={go} id={value.simulation} />}
        state={event ? <AuditEventView events={events} at={at} id={value.simulation} /> : null}
      />
      <div className="stick">
        <label className="field">Event {at} of {last}
          <input type="range" min={1} max={last} value={at} onChange={(change) => go(Number(change.target.value))} aria-valuetext={event ? `${at}: ${eventInWords(event)}` : undefined} />
        </label>
        <div className="row">
          <button type="button" onClick={() => go(at - 1)} disabled={at <= 1}>Before<kbd>k</kbd></button>
          <button type="button" onClick={() => go(at + 1)} disabled={at >= last}>Next<kbd>j</kbd></button>
          <button type="button" aria-pressed={isPlaying} onClick={toggle}>{isPlaying ? 'Pause' : 'Play'}<kbd>Space</kbd></button>
          <button type="button" onClick={faster}>{plural(speed, 'event')} a second</button>
        </div>
      </div>
    </>
  );
}

const NARROW = '(max-width: 560px)';

function whenWidthChanges(listener: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Side by side; on a phone one at a time, with the scrubber below in both. */
function Halves({ list, state }: { list: ReactNode; state: ReactNode }) {
  const isNarrow = useSyncExternalStore(whenWidthChanges, () => window.matchMedia(NARROW).matches, () => false);
  const [tab, setTab] = useState<'list' | 'state'>('state');
  if (!isNarrow) return <div className="two">{list}{state}</div>;
  return (
    <Tabs tabs={[{ name: 'list', label: 'Events' }, { name: 'state', label: 'The event' }]} chosen={tab} choose={setTab} label="Parts of the audit">
      {tab === 'list' ? list : state}
    </Tabs>
  );
}

function lapOf({ data }: AuditEvent): number | string {
  const { startLap } = (data ?? {}) as { startLap?: unknown };
  return typeof startLap === 'number' ? startLap : '?';
}

function List({ events, at, go, id }: { events: readonly AuditEvent[]; at: number; go: (next: number) => void; id: string }) {
  const [only, setOnly] = useState('');
  const kinds = [...new Set(events.map(({ type }) => type))];
  return (
    <section className="pane" aria-labelledby="events">
      <h2 id="events">Events</h2>
      <div className="row end">
        <label className="field">Show
          <select value={only} onChange={(event) => setOnly(event.target.value)}>
            <option value="">everything</option>
            {kinds.map((kind) => <option key={kind} value={kind}>{words(kind)}</option>)}
          </select>
        </label>
        <button type="button" onClick={() => save(`run-${id}.jsonl`, events.map((each) => `${JSON.stringify(each)}\n`).join(''), 'application/jsonl')}>JSON lines</button>
      </div>
      <ol className="events scroll">
        {events.map((each, index) => {
          const missing = each.version - (events[index - 1]?.version ?? 0) - 1;
          return (
            <li key={each.position}>
              {missing > 0 && <p className="bad" role="alert">{missing === 1 ? `Version ${each.version - 1} of the run is missing.` : `Versions ${each.version - missing} to ${each.version - 1} of the run are missing.`}</p>}
              {(only === '' || each.type === only) && (
                <button type="button" aria-current={index + 1 === at} onClick={() => go(index + 1)}>
                  <span className="quiet">{each.version}</span><span>{eventInWords(each)}</span><span className="quiet small">event {count(each.position)}</span>
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
