/** The board when the race is neutralised. It takes no focus, hears no key at first, and Space never answers it. */
import { useEffect, useRef, useState } from 'react';
import { useKeys } from '../lib/keys';
import type { Call } from '../model/play';
import { spoken } from '../model/plan';
import type { NextLap } from '../model/simulation';

const DEAF_MILLISECONDS = 600;
const WORDS: Readonly<Record<string, string>> = {
  safetyCar: 'Safety car', virtualSafetyCar: 'Virtual safety car', red: 'Red flag',
};

export function SafetyCarBoard({ next, call, choose, stay, box, later }: {
  next: NextLap; call: Call | null; choose: (call: Call) => void; stay: () => void; box: () => void; later: () => void;
}) {
  const [isListening, setIsListening] = useState(false);
  const tyres = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => setIsListening(true), DEAF_MILLISECONDS);
    return () => clearTimeout(timer);
  }, []);
  const boxNow = () => {
    if (call?.kind === 'pit') box();
    else tyres.current?.querySelector('button')?.focus();
  };
  useKeys([
    { key: 'b', what: 'Safety car: box, with the tyre that is called', run: () => { if (isListening) boxNow(); } },
    { key: 'o', what: 'Safety car: stay out', run: () => { if (isListening) stay(); } },
    { key: 'd', what: 'Safety car: decide next lap', run: () => { if (isListening) later(); } },
  ]);
  const isCalled = call?.kind === 'pit';
  return (
    <section className="board" role="alert" aria-labelledby="board">
      <h2 id="board">{WORDS[next.trackStatus] ?? 'Flag'} on lap {next.lap}: box?</h2>
      <div className="row" role="group" aria-label="Tyre for this stop" ref={tyres}>
        {next.compounds.map((compound) => (
          <button key={compound} type="button" aria-pressed={isCalled && call.compound === compound} onClick={() => choose({ kind: 'pit', compound })}>{spoken(compound)}</button>
        ))}
        {next.compounds.length === 0 && <span className="quiet">No stop is possible on this lap.</span>}
      </div>
      <div className="row">
        <button type="button" className="primary" disabled={!isCalled} onClick={box}>{isCalled ? `Box for ${spoken(call.compound)}` : 'Box: choose a tyre first'}<kbd>b</kbd></button>
        <button type="button" disabled={!next.mayStay} onClick={stay}>Stay out<kbd>o</kbd></button>
        <button type="button" disabled={!next.mayStay} onClick={later}>Decide next lap<kbd>d</kbd></button>
      </div>
    </section>
  );
}
