/** How the numbers of this autopsy were made, and where they end. */
import { seconds } from '../lib/format';
import { Link } from '../lib/router';
import type { Autopsy } from '../model/autopsy';
import { clock } from '../lib/format';
import { inWords } from '../model/plan';

export function AutopsyMethod({ autopsy }: { autopsy: Autopsy }) {
  return (
    <section className="pane">
      <h2>Method</h2>
      <p>
        The race of {autopsy.driver} is set against the ideal race: the best plan, known afterwards, of a car with the best pace of that race and the best crew, first from the grid and alone on the track.
        Six causes take the difference apart in causal order; what they do not explain stays visible as “unexplained”.
      </p>
      <dl>
        <dt>Model version</dt><dd><code>{autopsy.model.slice(0, 16)}</code></dd>
        <dt>Read at event</dt><dd>{autopsy.position}</dd>
        <dt>Refits</dt><dd>{autopsy.replicates ?? 'none'}; an interval holds nine in ten of them</dd>
        <dt>Race driven</dt><dd>{clock(autopsy.realMilliseconds)}, {inWords(autopsy.realPlan)}</dd>
        <dt>Ideal race</dt><dd>{clock(autopsy.idealMilliseconds)}, {inWords(autopsy.idealPlan)}</dd>
        <dt>Unexplained</dt><dd>{seconds(autopsy.residualMilliseconds)}</dd>
      </dl>
      <p>Losses may exceed the net gap, because other causes win time back. Blame is shared out over losses only; a gain is a gain and never negative blame.</p>
      <p><Link href="/help">More about the model, the colours and the limits</Link></p>
    </section>
  );
}
