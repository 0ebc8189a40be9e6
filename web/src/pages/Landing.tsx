/** Start in ten seconds: search, a decision to take over, and the races there are, without a result. */
import { BASE, useAnswer } from '../lib/api';
import { number, object } from '../lib/decode';
import { count, plural } from '../lib/format';
import { useKnown } from '../lib/session';
import { Link, to } from '../lib/router';
import { bestIQs, player } from '../model/player';
import { races } from '../model/races';
import type { Race } from '../model/races';
import { Title } from '../parts/Page';
import { Search } from '../parts/Search';
import { Empty, Loaded } from '../parts/States';
import { CrowdFound } from '../parts/CrowdFound';
import { Example } from '../parts/Example';
import { DecisionCards } from '../parts/DecisionCards';

const stats = object({ players: number, runs: number, decisions: number });

export function Landing() {
  const answer = useAnswer(`${BASE}/races`, races);
  return (
    <>
      <Title title="Who lost the race?">Who lost the race?</Title>
      <p className="lead">Where every second went, what could have been called better, and your turn on the pit wall. Estimates, with their error, from a log that nobody can change.</p>
      <Loaded answer={answer} what="the races">
        {(value) => value.races.length === 0
          ? (
            <Empty title="No race yet">
              <p>Load the sample races on the server, then come back:</p>
              <pre>blame sample</pre>
              <p>Real races come in with <code>blame import</code>.</p>
            </Empty>
          )
          : <Start races={value.races} position={value.position} />}
      </Loaded>
    </>
  );
}

function Start({ races: all, position }: { races: readonly Race[]; position: number }) {
  const { value: played } = useAnswer(`${BASE}/stats`, stats);
  const me = useKnown()?.name;
  const { value: own } = useAnswer(me ? `${BASE}/players/${encodeURIComponent(me)}` : null, player);
  const best = bestIQs(own?.runs ?? []);
  const sample = all.find(({ synthetic }) => synthetic);
  const newest = all[all.length - 1];
  const drivers = new Set(all.flatMap((race) => race.drivers.map(({ name }) => name))).size;
  return (
    <>
      <Search races={all} />
      {newest && <DecisionCards races={all.slice(-3)} />}
      <section aria-labelledby="season">
        <h2 id="season">Races</h2>
        <div className="grid">{[...all].reverse().map((race) => <Tile key={`${race.season}/${race.gp}`} race={race} best={best.get(`${race.season}/${race.round}`)} />)}</div>
      </section>
      {newest && <CrowdFound races={all.slice(-3)} />}
      {sample && <Example race={sample} />}
      <p className="quiet">{plural(all.length, 'race')}, {plural(drivers, 'driver')}{played && <>, {plural(played.runs, 'run')} with {plural(played.decisions, 'decision')} by {plural(played.players, 'player')}</>}; read at event {count(position)} of the log.</p>
    </>
  );
}

function Tile({ race, best }: { race: Race; best: number | undefined }) {
  const first = race.drivers[0]?.code ?? '';
  return (
    <section className="pane">
      <h3>{race.name} {race.season}</h3>
      <p className="quiet small">
        Round {race.round}, {plural(race.laps, 'lap')}, {plural(race.drivers.length, 'driver')}, data quality {race.quality}
        {race.synthetic && <><br />Synthetic sample, not a real race</>}
        {best !== undefined && <><br />Your best Strategy IQ: {(best / 100).toFixed(1)}</>}
      </p>
      <ul className="links">
        <li><Link href={to('autopsy', race.season, race.gp, first)}>Autopsy<span className="hidden"> of {race.name} {race.season}</span></Link></li>
        <li><Link href={to('simulator', race.season, race.gp, first)}>Play<span className="hidden"> {race.name} {race.season}</span></Link></li>
        <li><Link href={to('optimal', race.circuit, race.season)}>Pit windows<span className="hidden"> of {race.name} {race.season}</span></Link></li>
        <li><Link href={to('heatmap', race.circuit, race.season)}>Heatmap<span className="hidden"> of {race.name} {race.season}</span></Link></li>
      </ul>
    </section>
  );
}
