/** What happened, lap by lap, and what it cost. */
import { useState } from 'react';
import { lapRange, seconds, words } from '../lib/format';
import type { Autopsy, AutopsyEvent } from '../model/autopsy';
import { spoken } from '../model/plan';
import { flagWord } from '../model/simulation';

const NAMES: Readonly<Record<string, string>> = {
  start: 'Start', stop: 'Pit stop', penalty_served: 'Penalty served', neutralised: 'Flag', odd_lap: 'Odd lap',
  penalty_added: 'Penalty added', retirement: 'Retirement', finish: 'Finish',
};

function detail(event: AutopsyEvent): string {
  if (event.compound) return spoken(event.compound);
  if (event.kind) return flagWord(event.kind);
  return event.reason ?? '';
}

export function AutopsyTimeline({ autopsy }: { autopsy: Autopsy }) {
  const kinds = [...new Set(autopsy.timeline.map(({ event }) => event))];
  const [only, setOnly] = useState<string | null>(null);
  const shown = autopsy.timeline.filter(({ event }) => only === null || event === only);
  return (
    <section className="pane">
      <h2>Timeline</h2>
      <div className="row" role="group" aria-label="Show only">
        <button type="button" aria-pressed={only === null} onClick={() => setOnly(null)}>Everything</button>
        {kinds.map((kind) => (
          <button key={kind} type="button" aria-pressed={only === kind} onClick={() => setOnly(kind)}>{NAMES[kind] ?? words(kind)}</button>
        ))}
      </div>
      <div className="scroll" role="region" tabIndex={0} aria-label="Events of the race">
        <table>
          <caption>{shown.length} of {autopsy.timeline.length} events of {autopsy.driver}</caption>
          <thead><tr><th scope="col">Laps</th><th scope="col">Event</th><th scope="col">What</th><th scope="col" className="n">Cost</th></tr></thead>
          <tbody>
            {shown.map((event, index) => (
              <tr key={index}>
                <th scope="row">{lapRange(event.firstLap, event.lastLap)}</th>
                <td><span className={`chip ${event.event === 'neutralised' ? 'warn' : ''}`}>{NAMES[event.event] ?? words(event.event)}</span></td>
                <td>{detail(event)}</td>
                <td className="n">{event.milliseconds === null ? '–' : seconds(event.milliseconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
