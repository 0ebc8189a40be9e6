import { span } from '../lib/format';
import type { NextLap } from '../model/simulation';

/** C8 in words and on a line: where a stop now would come out, as an estimate from laps that are past. */
export function BoxNow({ rejoin, place }: { rejoin: NonNullable<NextLap['boxNow']>; place: number | null }) {
  const { bestPlace, worstPlace, ahead, behind } = rejoin;
  const range = bestPlace === worstPlace ? `P${rejoin.place}` : `P${bestPlace} to P${worstPlace}`;
  const lost = place === null ? null : rejoin.place - place;
  return (
    <section className="pane" aria-labelledby="box-now">
      <h2 id="box-now">Box now?</h2>
      <p>You would come out in <strong>{range}</strong>{lost !== null && lost > 0 ? `, ${lost} ${lost === 1 ? 'place' : 'places'} down` : ''}.</p>
      <dl>
        <dt>In front of you</dt><dd>{ahead ? `${ahead.driver}, ${span(ahead.gapMilliseconds)} up the road` : 'nobody'}</dd>
        <dt>Behind you</dt><dd>{behind ? `${behind.driver}, ${span(behind.gapMilliseconds)} back` : 'nobody'}</dd>
      </dl>
      <Strip ahead={ahead} behind={behind} />
      <p className="quiet small">An estimate from past laps. Other cars do not react to you.</p>
    </section>
  );
}

type Neighbour = NonNullable<NextLap['boxNow']>['ahead'];

function Strip({ ahead, behind }: { ahead: Neighbour; behind: Neighbour }) {
  const reach = Math.max(3000, ahead?.gapMilliseconds ?? 0, behind?.gapMilliseconds ?? 0);
  const x = (gap: number) => 150 + (gap / reach) * 125;
  return (
    <svg viewBox="0 0 300 54" aria-hidden="true" style={{ maxWidth: 340 }}>
      <line x1="10" x2="290" y1="36" y2="36" className="zero" />
      {ahead && <><circle cx={x(-ahead.gapMilliseconds)} cy="36" r="6" className="f-tot" /><text x={x(-ahead.gapMilliseconds)} y="20" className="c">{ahead.driver}</text></>}
      <rect x="142" y="28" width="16" height="16" rx="3" fill="var(--acc)" /><text x="150" y="20" className="c b">You</text>
      {behind && <><circle cx={x(behind.gapMilliseconds)} cy="36" r="6" className="f-tot" /><text x={x(behind.gapMilliseconds)} y="20" className="c">{behind.driver}</text></>}
    </svg>
  );
}
