/** A race and a driver for a page that needs them. */
import { useState } from 'react';
import { BASE, useAnswer } from '../lib/api';
import { read, write } from '../lib/memory';
import { Link, navigate, to, useAddress } from '../lib/router';
import { races } from '../model/races';
import type { Race } from '../model/races';
import { Title } from '../parts/Page';
import { Empty, Loaded } from '../parts/States';

const PAGES: Readonly<Record<string, { title: string; text: string; withDriver: boolean }>> = {
  autopsy: { title: 'Choose an autopsy', text: 'Whose race shall be taken apart? Opening it shows the result.', withDriver: true },
  simulator: { title: 'Choose a race to play', text: 'Whose car do you take over? Nothing of the result is shown.', withDriver: true },
  optimal: { title: 'Choose a race for its windows', text: 'Where the crowd and the model would stop.', withDriver: false },
  heatmap: { title: 'Choose a race for its heatmap', text: 'Where good decisions lie, lap by lap.', withDriver: false },
};

export default function Choose() {
  const { path } = useAddress();
  const page = path.split('/')[1] ?? 'autopsy';
  const { title, text, withDriver } = PAGES[page] ?? { title: 'Choose', text: '', withDriver: true };
  const answer = useAnswer(`${BASE}/races`, races);
  return (
    <>
      <Title title={title}>{title}</Title>
      <p className="lead">{text}</p>
      <Loaded answer={answer} what="the races">
        {(value) => value.races.length === 0
          ? <Empty title="No race yet"><p>Load the sample races on the server with <code>blame sample</code>, or real ones with <code>blame import</code>.</p></Empty>
          : <Form key={page} races={value.races} page={page} withDriver={withDriver} />}
      </Loaded>
      {page === 'heatmap' && <SeasonLinks />}
    </>
  );
}

const keyOf = (race: Race) => `${race.season}/${race.gp}`;

function Form({ races: all, page, withDriver }: { races: readonly Race[]; page: string; withDriver: boolean }) {
  const [key, setKey] = useState(() => read('race') ?? '');
  const race = all.find((each) => keyOf(each) === key) ?? all[all.length - 1];
  const [code, setCode] = useState(() => read('driver') ?? '');
  if (!race) return null;
  const driver = race.drivers.find((each) => each.code === code) ?? race.drivers[0];
  const open = () => {
    write('race', keyOf(race));
    if (driver) write('driver', driver.code);
    navigate(withDriver ? to(page, race.season, race.gp, driver?.code ?? '') : to(page, race.circuit, race.season));
  };
  return (
    <form className="pane row end" onSubmit={(event) => { event.preventDefault(); open(); }}>
      <label className="field">Race
        <select value={keyOf(race)} onChange={(event) => setKey(event.target.value)}>
          {all.map((each) => <option key={keyOf(each)} value={keyOf(each)}>{each.season} {each.name}{each.synthetic ? ' (synthetic)' : ''}</option>)}
        </select>
      </label>
      {withDriver && (
        <label className="field">Driver
          <select value={driver?.code ?? ''} onChange={(event) => setCode(event.target.value)}>
            {race.drivers.map((each) => <option key={each.code} value={each.code}>{each.code} {each.name}, {each.team}</option>)}
          </select>
        </label>
      )}
      <button type="submit" className="primary">Open</button>
    </form>
  );
}

function SeasonLinks() {
  const { value } = useAnswer(`${BASE}/races`, races);
  const seasons = [...new Set(value?.races.map(({ season }) => season) ?? [])].reverse();
  if (seasons.length === 0) return null;
  return (
    <section className="pane">
      <h2>Blame over a season</h2>
      <p>What a cause cost every driver in every race.</p>
      <ul>{seasons.map((season) => <li key={season}><Link href={to('heatmap', 'blame', season)}>{season}</Link></li>)}</ul>
    </section>
  );
}
