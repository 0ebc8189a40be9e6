/** Which race, which driver, set beside whom. */
import { useId } from 'react';
import { BASE, useAnswer } from '../lib/api';
import { navigate, to } from '../lib/router';
import { races } from '../model/races';

export function AutopsyControls({ year, gp, driver, page = 'autopsy' }: { year: string; gp: string; driver: string; page?: string }) {
  const id = useId();
  const { value } = useAnswer(`${BASE}/races`, races);
  const all = value?.races ?? [];
  const race = all.find((candidate) => String(candidate.season) === year && candidate.gp === gp);
  const go = (key: string) => {
    const next = all.find((candidate) => `${candidate.season}/${candidate.gp}` === key);
    const same = next?.drivers.some(({ code }) => code === driver) ? driver : next?.drivers[0]?.code;
    if (next && same) navigate(to(page, next.season, next.gp, same));
  };
  return (
    <div className="choices noprint">
      <label className="field" htmlFor={`${id}-race`}>Race
        <select id={`${id}-race`} value={`${year}/${gp}`} onChange={(event) => go(event.target.value)}>
          {!race && <option value={`${year}/${gp}`}>{gp} {year}</option>}
          {all.map((each) => <option key={`${each.season}/${each.gp}`} value={`${each.season}/${each.gp}`}>{each.season} {each.name}</option>)}
        </select>
      </label>
      <label className="field" htmlFor={`${id}-driver`}>Driver
        <select id={`${id}-driver`} value={driver} onChange={(event) => navigate(to(page, year, gp, event.target.value))}>
          {!race?.drivers.some(({ code }) => code === driver) && <option value={driver}>{driver}</option>}
          {race?.drivers.map(({ code, name }) => <option key={code} value={code}>{code} {name}</option>)}
        </select>
      </label>
    </div>
  );
}
