import { plural, seconds } from '../lib/format';
import { Link } from '../lib/router';
import type { Run } from '../model/simulation';
import { decided } from '../model/simulation';
import { spoken } from '../model/plan';

/** What was written down, newest first. */
export function DecisionLog({ run }: { run: Run }) {
  return (
    <section className="pane" aria-labelledby="log">
      <h2 id="log" tabIndex={-1}>Written down</h2>
      <p className="quiet small">{plural(run.decisions.length, 'decision')}, in the log up to event {run.position}. They cannot be taken back. <Link href={`/audit/run/${run.id}`}>Audit</Link></p>
      <ol className="events" reversed>
        {[...run.decisions].reverse().map((decision) => (
          <li key={`${decision.lap}${decision.kind}`}>
            Lap {decision.lap}: {decision.kind === 'start' ? `start on ${spoken(decision.compound)}` : decided(decision)}
            {decision.regretMilliseconds !== null && <span className="quiet"> {seconds(decision.regretMilliseconds)} against the best</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
