/** An autopsy of the sample race, when somebody wants to see what one is. */
import { Suspense, lazy, useState } from 'react';
import type { Race } from '../model/races';
import { Loading } from './States';

const Sample = lazy(() => import('../rooms/race').then(({ SampleWaterfall }) => ({ default: SampleWaterfall })));

export function Example({ race }: { race: Race }) {
  const [isShown, setIsShown] = useState(false);
  return (
    <section aria-labelledby="example">
      <h2 id="example">What an autopsy says</h2>
      {isShown
        ? <Suspense fallback={<Loading what="the example" height={420} />}><Sample race={race} /></Suspense>
        : <p className="row"><button type="button" onClick={() => setIsShown(true)}>Show one of the sample race</button><span className="quiet small">Not a real race. It tells how that race went; runs of it that you begin afterwards are practice.</span></p>}
    </section>
  );
}
