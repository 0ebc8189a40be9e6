/** Moments of races at which a call was to be made, to be taken over now. */
import { BASE, useAnswer } from '../lib/api';
import { Link, to } from '../lib/router';
import { raceDetail } from '../model/races';
import type { Race } from '../model/races';

/** One card a race; each has its size before it has its words. */
export function DecisionCards({ races }: { races: readonly Race[] }) {
  return (
    <section aria-labelledby="decisions">
      <h2 id="decisions">Start at the decision</h2>
      <div className="grid">{races.map((race) => <Card key={`${race.season}/${race.gp}`} race={race} />)}</div>
    </section>
  );
}

function Card({ race }: { race: Race }) {
  const { value, isLoading } = useAnswer(`${BASE}/races/${race.season}/${encodeURIComponent(race.gp)}`, raceDetail);
  const point = value?.decisionPoints[0];
  const code = point?.driver ?? value?.modelled?.playable[0] ?? race.drivers[0]?.code ?? '';
  const name = race.drivers.find((driver) => driver.code === code)?.name ?? code;
  const link = to('simulator', race.season, race.gp, code) + (point ? `?from=${point.startLap}` : '');
  if (!value && isLoading) return <section className="pane" style={{ minHeight: 190 }}><h3>{race.name} {race.season}</h3><p className="quiet">Looking for a moment…</p></section>;
  return (
    <section className="pane" style={{ minHeight: 190 }}>
      <h3>{race.name} {race.season}</h3>
      <p>{point ? `Lap ${point.lap}. You have ${name}'s car, and something happens. Box or stay out?` : `From the start, in ${name}'s car: when do you stop, and for what?`}</p>
      <Link className="button primary" href={link}>Take the pit wall<span className="hidden"> for {name} at {race.name} {race.season}</span></Link>
    </section>
  );
}
