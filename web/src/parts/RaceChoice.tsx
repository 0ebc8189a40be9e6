import { BASE, useAnswer } from '../lib/api';
import { navigate, to } from '../lib/router';
import { races } from '../model/races';

/** Which race, for pages that go by circuit and year. */
export function RaceChoice({ page, circuit, year }: { page: 'optimal' | 'heatmap'; circuit: string; year: string }) {
  const { value } = useAnswer(`${BASE}/races`, races);
  const all = value?.races ?? [];
  const chosen = `${circuit}/${year}`;
  const isKnown = all.some((race) => `${race.circuit}/${race.season}` === chosen);
  const go = (key: string) => {
    const race = all.find((each) => `${each.circuit}/${each.season}` === key);
    if (race) navigate(to(page, race.circuit, race.season));
  };
  return (
    <div className="choices noprint">
      <label className="field">Race
        <select value={chosen} onChange={(event) => go(event.target.value)}>
          {!isKnown && <option value={chosen}>{circuit} {year}</option>}
          {all.map((race) => <option key={`${race.circuit}/${race.season}`} value={`${race.circuit}/${race.season}`}>{race.season} {race.name}</option>)}
        </select>
      </label>
    </div>
  );
}
