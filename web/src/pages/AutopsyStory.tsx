/** The waterfall beside the evidence of the chosen cause, then blame and gaps. */
import { useState } from 'react';
import { BASE, useAnswer } from '../lib/api';
import type { Answer } from '../lib/api';
import { useKeys } from '../lib/keys';
import { oneOf, useQueryValue, wholeNumber } from '../lib/router';
import { bands, comparison, rows } from '../model/autopsy';
import type { Autopsy } from '../model/autopsy';
import { focusOf, races } from '../model/races';
import type { CarLaps } from '../model/races';
import { BlameBars } from '../charts/BlameBars';
import { GapTrace } from '../charts/GapTrace';
import { SIDES, Waterfall } from '../charts/Waterfall';
import { Evidence } from '../parts/Evidence';
import { Loaded, ProblemBox } from '../parts/States';

const REFERENCES = ['ideal', 'winner', 'teammate'] as const;
/** One of those, or a driver's code. */
const referenceOf = (text: string): string | null => oneOf(REFERENCES)(text) ?? (/^[A-Z]{3}$/.test(text) ? text : null);
const WORDS: Readonly<Record<string, string>> = { ideal: 'the ideal race', winner: 'the winner', teammate: 'the team mate' };

export function AutopsyStory({ autopsy, laps, base }: {
  autopsy: Autopsy; laps: Answer<CarLaps[]> & { retry: () => void }; base: string;
}) {
  const all = rows(autopsy);
  const largest = autopsy.costs.slice().sort((a, b) => b.milliseconds - a.milliseconds)[0]?.cause ?? 'strategy_error';
  const [cause, setCause] = useQueryValue('cause', oneOf(all.map((row) => row.cause)), largest);
  const [reference, setReference] = useQueryValue('ref', referenceOf, 'ideal');
  const { value: list } = useAnswer(`${BASE}/races`, races);
  const others = list?.races.find(({ season, gp }) => season === autopsy.season && gp === autopsy.gp)?.drivers.filter(({ code }) => code !== autopsy.driver) ?? [];
  const isCar = !(REFERENCES as readonly string[]).includes(reference);
  const file = `${autopsy.season}-${autopsy.gp}-${autopsy.driver}`;
  const chosen = all.find((row) => row.cause === cause) ?? all[0];
  const step = (by: number) => {
    const next = all[Math.max(0, Math.min(all.length - 1, all.findIndex((row) => row.cause === cause) + by))];
    if (next) setCause(next.cause, 'replace');
  };
  useKeys([
    { key: 'ArrowDown', what: 'Next cause', run: () => step(1) },
    { key: 'ArrowUp', what: 'Cause before', run: () => step(-1) },
    { key: 'r', what: 'Compare: ideal race, winner, team mate', run: () => setReference(REFERENCES[(REFERENCES.indexOf(reference as 'ideal') + 1) % 3] ?? 'ideal') },
  ]);
  return (
    <>
      <div className="row noprint" role="group" aria-label="Compare with">
        <span className="quiet">Against</span>
        {REFERENCES.map((name) => (
          <button key={name} type="button" aria-pressed={reference === name} onClick={() => setReference(name)}>{WORDS[name]}</button>
        ))}
        <select aria-label="Another car" value={isCar ? reference : ''} onChange={(event) => setReference(event.target.value || null)}>
          <option value="">another car</option>
          {others.map(({ code, name }) => <option key={code} value={code}>{code} {name}</option>)}
        </select>
        <span className="quiet small"><kbd>r</kbd></span>
      </div>
      {reference === 'ideal'
        ? (
          <div className="two">
            <Waterfall
              costs={all} total={autopsy.totalLossMilliseconds} totalInterval={autopsy.totalLossInterval} against="the ideal race"
              file={`${file}-waterfall`} chosen={cause} choose={(name) => setCause(name, 'replace')}
              note={`${SIDES} ${autopsy.replicates ? `Whiskers hold nine in ten of ${autopsy.replicates} refits.` : 'There are no intervals for this race.'} Choose a row with ↑ and ↓.`}
            />
            {chosen && <Evidence cost={chosen} autopsy={autopsy} />}
          </div>
        )
        : <Compared autopsy={autopsy} base={base} reference={reference} file={file} />}
      <BlameBars costs={all} file={`${file}-blame`} />
      <Loaded answer={laps} what="the laps" height={460}>
        {(cars) => <Gaps autopsy={autopsy} cars={cars} file={file} />}
      </Loaded>
    </>
  );
}

function Compared({ autopsy, base, reference, file }: { autopsy: Autopsy; base: string; reference: string; file: string }) {
  const url = `${BASE}/autopsy/${base}/${autopsy.driver}?reference=${reference}`;
  const answer = useAnswer(url, comparison);
  if (answer.problem && !answer.value && !answer.isLoading) return <ProblemBox problem={answer.problem} retry={answer.retry} />;
  return (
    <Loaded answer={answer} what="the comparison" height={460}>
      {(value) => value.driver === value.reference
        ? <p className="pane">{value.driver} is {WORDS[reference] ?? reference}: there is nothing to compare.</p>
        : (
          <Waterfall
            costs={rows(value)} total={value.totalLossMilliseconds} totalInterval={null} against={value.reference}
            file={`${file}-against-${value.reference}`} note={`What ${value.driver} lost more than ${value.reference}, cause by cause; left of zero ${value.driver} did better.`}
          />
        )}
    </Loaded>
  );
}

function Gaps({ autopsy, cars, file }: { autopsy: Autopsy; cars: readonly CarLaps[]; file: string }) {
  const [place, setPlace] = useQueryValue('lap', wholeNumber(1, autopsy.laps), autopsy.laps);
  const [lap, setLap] = useState(place);
  const move = (next: number) => { setLap(next); rest(() => setPlace(next, 'replace')); };
  const race = Math.max(autopsy.laps, ...cars.map((car) => car.laps.length));
  const focus = focusOf(cars, autopsy.driver);
  useKeys([
    { key: 'ArrowLeft', what: 'Lap before', run: () => move(Math.max(1, lap - 1)) },
    { key: 'ArrowRight', what: 'Next lap', run: () => move(Math.min(race, lap + 1)) },
  ]);
  return <GapTrace cars={cars} laps={race} bands={bands(autopsy.lapRows)} focus={focus} lap={lap} setLap={move} file={`${file}-gaps`} />;
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** Runs something when the hand has rested: writing the address at each key would draw the whole page. */
function rest(action: () => void): void {
  clearTimeout(timer);
  timer = setTimeout(action, 300);
}
