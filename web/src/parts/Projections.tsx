import { BASE, useAnswer } from '../lib/api';
import { flag, maybe, number, object, text } from '../lib/decode';
import { count } from '../lib/format';
import { Loaded } from './States';

const health = object({
  position: number, status: text, uptimeSeconds: number,
  projections: object({ position: number, lag: number, caughtUp: flag, stoppedBy: maybe(text) }),
});

/** How far what is shown has come behind the log. */
export function Projections() {
  const answer = useAnswer(`${BASE}/health`, health);
  return (
    <section className="pane" aria-labelledby="projections">
      <h2 id="projections">What is built from it</h2>
      <Loaded answer={answer} what="the state of the projections" height={120}>
        {({ projections, uptimeSeconds }) => (
          <>
            <p>{projections.stoppedBy ? `Stopped at an event that cannot be applied: ${projections.stoppedBy}.` : projections.caughtUp ? 'Leaderboard, windows and audit are up to date.' : `${count(projections.lag)} events behind; catching up.`}</p>
            <dl>
              <dt>Read up to</dt><dd>event {count(projections.position)}</dd>
              <dt>Behind</dt><dd>{count(projections.lag)} events</dd>
              <dt>Server runs since</dt><dd>{Math.floor(uptimeSeconds / 3600)} h {Math.floor((uptimeSeconds % 3600) / 60)} min</dd>
            </dl>
          </>
        )}
      </Loaded>
    </section>
  );
}
