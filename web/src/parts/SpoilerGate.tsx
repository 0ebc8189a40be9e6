import { Link } from '../lib/router';
import { Title } from './Page';

/** Asks before a result is shown of a race that the reader is playing. */
export function SpoilerGate({ run, agree, what }: { run: string; agree: () => void; what: string }) {
  return (
    <section className="pane">
      <Title title="This shows the result">This shows the result</Title>
      <p>You have a run of this race that is not over. Opening {what} tells how the race went.</p>
      <div className="row">
        <Link className="button primary" href={`/run/${run}`}>Go on with the run</Link>
        <button type="button" onClick={agree}>Show it anyway</button>
      </div>
    </section>
  );
}
