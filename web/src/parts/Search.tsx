/** Races, drivers and teams by name: a combobox with its list, worked by arrows and Enter. No results in it. */
import { useEffect, useId, useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { plural } from '../lib/format';
import { navigate, to } from '../lib/router';
import type { Race } from '../model/races';
import { hits } from './search-index';

const DEBOUNCE_MILLISECONDS = 120;

export function Search({ races }: { races: readonly Race[] }) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => { setQuery(typed); setChosen(0); }, DEBOUNCE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useMemo(() => hits(races, query), [races, query]);
  const isShown = isOpen && query.trim() !== '';
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') { setIsOpen(false); return; }
    if (!isShown || found.length === 0) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      const hit = found[chosen];
      if (hit) navigate(to(...hit.target));
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    setChosen((chosen + step + found.length) % found.length);
  };
  return (
    <div className="search" style={{ marginBottom: 24 }}>
      <label htmlFor={id}>Find a driver, a race or a team</label>
      <input
        id={id} type="text" role="combobox" autoComplete="off" spellCheck={false} aria-expanded={isShown}
        aria-controls={`${id}-hits`} aria-autocomplete="list"
        aria-activedescendant={isShown && found.length > 0 ? `${id}-${chosen}` : undefined}
        placeholder="Such as: sample, Aurora, 2000" value={typed}
        onChange={(event) => { setTyped(event.target.value); setIsOpen(true); }} onKeyDown={press}
        onFocus={() => setIsOpen(true)} onBlur={() => setIsOpen(false)}
      />
      <p className="hidden" role="status">{isShown ? plural(found.length, 'hit') : ''}</p>
      <div id={`${id}-hits`} role="listbox" aria-label="Hits" className="hits" hidden={!isShown || found.length === 0}>
        {found.map((hit, index) => (
          <div
            key={hit.target.join('/')} id={`${id}-${index}`} role="option" tabIndex={-1} aria-selected={index === chosen}
            onPointerDown={(event) => { event.preventDefault(); navigate(to(...hit.target)); }}
          >
            <span className="quiet small">{hit.kind} </span>{hit.text}
          </div>
        ))}
      </div>
      {isShown && found.length === 0 && <p className="quiet">Nothing is called that here. Try a driver's code, a season or a place.</p>}
    </div>
  );
}
