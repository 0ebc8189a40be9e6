/** One event: when and by whom, the run behind it, what it says otherwise than the one before, its line. */
import { count, moment, plural, seconds, words } from '../lib/format';
import { changes, stateAt } from '../model/audit';
import type { AuditEvent } from '../model/audit';
import { spoken } from '../model/plan';
import { save } from './save';
import { Tyre } from './Tyre';

export function eventInWords({ type, data }: AuditEvent): string {
  const members = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  const parts = ['lap', 'kind', 'compound', 'pace', 'toLap'].flatMap((name) => {
    const value = members[name];
    return typeof value === 'string' || typeof value === 'number' ? [`${name === 'lap' || name === 'toLap' ? `${words(name)} ` : ''}${value}`] : [];
  });
  const name = words(type);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`;
}

export function AuditEventView({ events, at, id }: { events: readonly AuditEvent[]; at: number; id: string }) {
  const event = events[at - 1];
  if (!event) return null;
  const line = JSON.stringify(event, null, 1);
  const previous = events[at - 2];
  const between = previous ? event.position - previous.position - 1 : 0;
  const same = events.slice(0, at - 1).reverse().find(({ type }) => type === event.type);
  const differing = same ? changes(same.data, event.data) : [];
  return (
    <div>
      <RunState events={events} at={at} />
      <section className="pane" aria-labelledby="shown">
        <h2 id="shown">{eventInWords(event)}</h2>
        <dl>
          <dt>Position</dt><dd>{count(event.position)} in the log{between > 0 ? `, ${plural(between, 'event')} of others between` : ''}</dd>
          <dt>Version</dt><dd>{event.version} of this run</dd>
          <dt>Written</dt><dd>{moment(event.at)} <span className="quiet">({new Date(event.at).toLocaleTimeString()} with you)</span></dd>
          {event.actorVersion !== null && <><dt>Player’s event</dt><dd>number {event.actorVersion}</dd></>}
        </dl>
        {event.hidden && <p>{event.hidden}</p>}
        {same && differing.length > 0 && (
          <table>
            <caption>Against version {same.version}, the one of this kind before</caption>
            <thead><tr><th scope="col">Member</th><th scope="col">Then</th><th scope="col">Now</th></tr></thead>
            <tbody>{differing.map(({ name, from, to }) => <tr key={name}><th scope="row">{words(name)}</th><td>{from}</td><td>{to}</td></tr>)}</tbody>
          </table>
        )}
        <h3>As the API gives it</h3>
        <pre tabIndex={0} role="region" aria-label="The event as JSON">{line}</pre>
        <p className="row"><button type="button" onClick={() => save(`run-${id}-event-${event.version}.json`, line, 'application/json')}>Download</button></p>
      </section>
    </div>
  );
}

/** What the first events make of the run. */
function RunState({ events, at }: { events: readonly AuditEvent[]; at: number }) {
  const state = stateAt(events, at);
  return (
    <section aria-label="The run at this event">
      <dl className="tiles">
        <div><dt>Lap</dt><dd>{state.lap}<small>driven</small></dd></div>
        <div><dt>Tyres</dt><dd>{state.compound ? <Tyre compound={state.compound} /> : 'as given'}<small>pace {state.pace}</small></dd></div>
        <div><dt>Stops</dt><dd>{state.stops.length}<small>{state.stops.map(({ lap, compound }) => `${spoken(compound)}, lap ${lap}`).join('; ') || 'none yet'}</small></dd></div>
        <div><dt>Decisions</dt><dd>{state.decisions}<small>{state.regret === null ? 'cost shown when the run is over' : `${seconds(state.regret)} so far`}</small></dd></div>
        <div><dt>Strategy IQ</dt><dd>{state.iq === null ? '–' : (state.iq / 100).toFixed(1)}<small>{state.iq === null ? 'not at the flag' : 'at the flag'}</small></dd></div>
      </dl>
    </section>
  );
}
