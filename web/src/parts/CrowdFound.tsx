/** Three windows that the crowd found. Who is signed in and has seen them cannot play those races for the ranking any more, so they are asked for. */
import { useState } from 'react';
import { BASE, useAnswer } from '../lib/api';
import { lapRange, plural } from '../lib/format';
import { Link, to } from '../lib/router';
import { windows } from '../model/crowd';
import type { Race } from '../model/races';
import { Synthetic } from './Page';
import { Loaded } from './States';

export function CrowdFound({ races }: { races: readonly Race[] }) {
  const [isAgreed, setIsAgreed] = useState(false);
  const names = races.map(({ name, season }) => `${name} ${season}`).join(', ');
  return (
    <section aria-labelledby="found">
      <h2 id="found">What the crowd found</h2>
      {isAgreed
        ? <div className="grid">{races.map((race) => <Found key={`${race.season}/${race.gp}`} race={race} />)}</div>
        : <p className="row"><button type="button" onClick={() => setIsAgreed(true)}>Show three windows</button><span className="quiet small">They tell when to stop at {names}; runs that you begin there afterwards are practice.</span></p>}
    </section>
  );
}

function Found({ race }: { race: Race }) {
  const answer = useAnswer(`${BASE}/optimal/${encodeURIComponent(race.circuit)}/${race.season}`, windows);
  return (
    <section className="pane" style={{ minHeight: 150 }}>
      <h3>{race.name} {race.season}</h3>
      <Loaded answer={answer} what="the window" height={80}>
        {({ stops, confidence, users, synthetic }) => (
          <>
            <p>{stops && stops.length > 0 ? stops.map(({ stop, window }) => `Stop ${stop} on ${lapRange(window.firstLap, window.lastLap)}`).join('. ') : 'No stop'}.</p>
            <p className="quiet small">{confidence === null ? 'By the model only' : `Confidence ${confidence} %, ${plural(users ?? 0, 'player')}`}. <Synthetic is={synthetic} /></p>
          </>
        )}
      </Loaded>
      <Link href={to('optimal', race.circuit, race.season)}>Every window<span className="hidden"> of {race.name} {race.season}</span></Link>
    </section>
  );
}
