/** C13: what one cause cost every driver in every race of a season. */
import { useState } from 'react';
import { BASE, useAnswer } from '../lib/api';
import { span } from '../lib/format';
import { oneOf, useQueryValue } from '../lib/router';
import { BlameGrid, UNITS } from '../charts/BlameGrid';
import type { Unit } from '../charts/BlameGrid';
import { CAUSES, blame } from '../model/season';
import type { Blame } from '../model/season';
import { races } from '../model/races';
import { Source, Title } from '../parts/Page';
import type { PageProps } from '../parts/pages';
import { Pending } from '../parts/Pending';
import { Empty, Loaded } from '../parts/States';

const KEYS = CAUSES.map(({ key }) => key);

export default function BlamePage({ parameters }: PageProps) {
  const year = parameters.year ?? '';
  const [cause, setCause] = useQueryValue('cause', oneOf(KEYS), 'strategy_error');
  const [isAgreed, setIsAgreed] = useState(false);
  const url = `${BASE}/heatmap/blame/${encodeURIComponent(year)}?cause=${cause}`;
  const answer = useAnswer(isAgreed ? url : null, blame);
  return (
    <>
      <Title title={`Blame ${year}`}>Blame over {year}</Title>
      <p className="lead">What a cause cost each driver in each race, in seconds. This tells how races went.</p>
      {isAgreed
        ? (
          <>
            <div className="row" role="group" aria-label="Cause">
              {CAUSES.map(({ key, word }) => <button key={key} type="button" aria-pressed={cause === key} onClick={() => setCause(key)}>{word}</button>)}
            </div>
            <Loaded answer={answer} what="the season, which may be computed now">{(value) => <Season value={value} retry={answer.retry} />}</Loaded>
            <Source url={url} csv={`${url}&format=csv`} />
          </>
        )
        : <p><button type="button" className="primary" onClick={() => setIsAgreed(true)}>Show the season</button></p>}
    </>
  );
}

function Season({ value, retry }: { value: Blame; retry: () => void }) {
  const { value: list } = useAnswer(`${BASE}/races`, races);
  const [unit, setUnit] = useQueryValue<Unit>('unit', oneOf(UNITS), 'seconds');
  const nameOf = (gp: string) => list?.races.find((race) => race.season === value.season && race.gp === gp)?.name.replace(/ Grand Prix$/, '') ?? gp;
  if (value.drivers.length === 0) return <Empty title="No figures yet"><p>No race of {value.season} has been taken apart.</p><Pending pending={value.pending} retry={retry} /></Empty>;
  return (
    <>
      <Pending pending={value.pending} retry={retry} />
      <div className="row" role="group" aria-label="Unit">
        {UNITS.map((each) => <button key={each} type="button" aria-pressed={unit === each} onClick={() => setUnit(each)}>{each}</button>)}
      </div>
      <BlameGrid value={value} nameOf={nameOf} unit={unit} finding={worst(value, nameOf)} />
    </>
  );
}

/** The largest cost whose interval lies above nothing. */
function worst(value: Blame, nameOf: (gp: string) => string): string {
  const cells = value.drivers.flatMap(({ driver, races: own }) => own.map((cell) => ({ driver, cell, cost: cell.uncertain ? 0 : cell.milliseconds ?? 0 })));
  const most = cells.sort((a, b) => b.cost - a.cost)[0];
  return most && most.cost > 0
    ? `Most: ${most.driver} lost ${span(most.cost)} to ${value.title} at ${nameOf(most.cell.gp ?? '')}.`
    : 'No cost lies clearly above zero.';
}
