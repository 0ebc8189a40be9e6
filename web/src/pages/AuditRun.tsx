/** Every event of a run, as it stands in the log, with a scrubber over it. */
import { BASE, useAnswer } from '../lib/api';
import { count, moment, plural, words } from '../lib/format';
import { useKeys } from '../lib/keys';
import { Link, to, useQueryValue, wholeNumber } from '../lib/router';
import { runEvents } from '../model/audit';
import type { AuditEvent, RunEvents } from '../model/audit';
import { Source, Title } from '../parts/Page';
import type { PageProps } from '../parts/pages';
import { Loaded } from '../parts/States';
import { save } from '../parts/save';
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

function Events({ value }: { value: RunEvents }) {
  const { events } = value;
  const [at, setAt] = useQueryValue('at', wholeNumber(1, Math.max(1, events.length)), events.length);
  const event = events[at - 1];
  const go = (next: number) => setAt(Math.max(1, Math.min(events.length, next)), 'replace');
  useKeys([
    { key: 'j', what: 'Next event', run: () => go(at + 1) }, { key: 'k', what: 'Event before', run: () => go(at - 1) },
    { key: 'Home', what: 'First event', run: () => go(1) }, { key: 'End', what: 'Last event', run: () => go(events.length) },
  ]);
  const claims = events.map(({ position, version, type, actor, actorVersion, command, data }) => ({
    position, says: { version, type, actor, actorVersion, command, stream: value.simulation, data },
  }));
  const gap = events.findIndex(({ version }, index) => version !== index + 1);
  return (
    <>
      <p>{plural(events.length, 'event')}. {value.over ? 'The run is over.' : 'The run goes on: what its decisions cost is shown afterwards.'} {value.player && <Link href={to('audit', 'user', value.player)}>All decisions of this player</Link>}</p>
      {gap >= 0 && <p className="alert" role="alert">The list has a gap: version {gap + 1} of the run is missing.</p>}
      {value.over
        ? <Verify check={byReceipts(claims)} label={`Verify ${plural(claims.length, 'event')}`} />
        : <p className="pane">Receipts are given when the run is over; until then they would tell what it still holds.</p>}
      <div className="pane">
        <label className="field">Event {at} of {events.length}
          <input type="range" min={1} max={events.length} value={at} onChange={(change) => go(Number(change.target.value))} aria-valuetext={event ? `${at}: ${inWords(event)}` : undefined} />
        </label>
      </div>
      <div className="two">
        <section className="pane" aria-labelledby="events">
          <h2 id="events">Events</h2>
          <ol className="events scroll">
            {events.map((each, index) => (
              <li key={each.position}>
                <button type="button" aria-current={index + 1 === at} onClick={() => go(index + 1)}>
                  <span className="quiet">{each.version}</span><span>{inWords(each)}</span><span className="quiet small">event {count(each.position)}</span>
                </button>
              </li>
            ))}
          </ol>
        </section>
        {event && <Shown event={event} previous={events[at - 2] ?? null} id={value.simulation} />}
      </div>
    </>
  );
}

function inWords({ type, data }: AuditEvent): string {
  const members = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  const parts = ['lap', 'kind', 'compound', 'pace', 'toLap'].flatMap((name) => {
    const value = members[name];
    return typeof value === 'string' || typeof value === 'number' ? [`${name === 'lap' || name === 'toLap' ? `${words(name)} ` : ''}${value}`] : [];
  });
  const name = words(type);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`;
}

function Shown({ event, previous, id }: { event: AuditEvent; previous: AuditEvent | null; id: string }) {
  const line = JSON.stringify(event, null, 1);
  const between = previous ? event.position - previous.position - 1 : null;
  return (
    <section className="pane" aria-labelledby="shown">
      <h2 id="shown">{inWords(event)}</h2>
      <dl>
        <dt>Position</dt><dd>{count(event.position)} in the log{between !== null && between > 0 ? `, ${plural(between, 'event')} of others between` : ''}</dd>
        <dt>Version</dt><dd>{event.version} of this run</dd>
        <dt>Written</dt><dd>{moment(event.at)}</dd>
        {event.actorVersion !== null && <><dt>Player’s event</dt><dd>number {event.actorVersion}</dd></>}
      </dl>
      {event.hidden && <p>{event.hidden}</p>}
      <h3>As the API gives it</h3>
      <pre tabIndex={0} role="region" aria-label="The event as JSON">{line}</pre>
      <p className="row"><button type="button" onClick={() => save(`run-${id}-event-${event.version}.json`, line, 'application/json')}>Download</button></p>
    </section>
  );
}
