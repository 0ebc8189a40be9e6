/** C13: what one cause cost every driver in every race of a season. */
import { useState } from 'react';
import { BASE, useAnswer } from '../lib/api';
import { seconds, span } from '../lib/format';
import { Link, oneOf, to, useQueryValue } from '../lib/router';
import { CAUSES, blame } from '../model/season';
import type { Blame, BlameCell } from '../model/season';
import { races } from '../model/races';
import { Source, Synthetic, Title } from '../parts/Page';
import type { PageProps } from '../parts/pages';
import { Pending } from '../parts/Pending';
import { Empty, Loaded } from '../parts/States';
import { Swatch } from '../parts/Swatch';

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
            <Loaded answer={answer} what="the season, which may be computed now">{(value) => <Grid value={value} retry={answer.retry} />}</Loaded>
            <Source url={url} csv={`${url}&format=csv`} />
          </>
        )
        : <p><button type="button" className="primary" onClick={() => setIsAgreed(true)}>Show the season</button></p>}
    </>
  );
}

const step = (milliseconds: number, most: number) => (milliseconds <= 0 ? 0 : Math.max(1, Math.ceil((milliseconds / most) * 6)));

function Grid({ value, retry }: { value: Blame; retry: () => void }) {
  const { value: list } = useAnswer(`${BASE}/races`, races);
  const nameOf = (gp: string) => list?.races.find((race) => race.season === value.season && race.gp === gp)?.name.replace(/ Grand Prix$/, '') ?? gp;
  const cells = value.drivers.flatMap((driver) => driver.races.map((cell) => ({ driver, cell })));
  const costly = cells.filter(({ cell }) => (cell.milliseconds ?? 0) > 0 && !cell.uncertain).sort((a, b) => (b.cell.milliseconds ?? 0) - (a.cell.milliseconds ?? 0));
  const most = Math.max(1, ...costly.map(({ cell }) => cell.milliseconds ?? 0));
  const worst = costly[0];
  if (value.drivers.length === 0) return <Empty title="No figures yet"><p>No race of {value.season} has been taken apart.</p><Pending pending={value.pending} retry={retry} /></Empty>;
  return (
    <section className="pane" aria-labelledby="grid">
      <h2 id="grid">Cost of {value.title}</h2>
      <p>{worst ? `Most: ${worst.driver.driver} lost ${span(worst.cell.milliseconds ?? 0)} to ${value.title} at ${nameOf(worst.cell.gp ?? '')}.` : 'No cost lies clearly above zero.'} <Synthetic is={value.synthetic} /></p>
      <Pending pending={value.pending} retry={retry} />
      <div className="scroll" role="region" tabIndex={0} aria-label="Costs by driver and race">
        <table>
          <caption>Seconds lost; “~” where the interval covers zero, “–” where it is not computed</caption>
          <thead><tr><th scope="col">Driver</th>{value.races.map((race) => <th key={race.round} scope="col" className="n">{nameOf(race.gp)}</th>)}</tr></thead>
          <tbody>
            {value.drivers.map((driver) => (
              <tr key={`${driver.driver}${driver.team}`}>
                <th scope="row"><Swatch colour={driver.colour} />{driver.driver} <span className="quiet small hide-s">{driver.team}</span></th>
                {value.races.map((race) => <Cell key={race.round} cell={driver.races.find((cell) => cell.round === race.round)} most={most} link={to('autopsy', value.season, race.gp, driver.driver)} />)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Cell({ cell, most, link }: { cell: BlameCell | undefined; most: number; link: string }) {
  if (!cell || cell.milliseconds === null) return <td className="n quiet" title={cell?.reason ?? 'not computed'}>–</td>;
  const at = cell.uncertain ? 0 : step(cell.milliseconds, most);
  return (
    <td className="n">
      <Link href={link}>{cell.uncertain ? '~' : ''}{seconds(cell.milliseconds).replace('\u00a0s', '')}</Link>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" style={{ marginLeft: 6 }}><rect width="12" height="12" rx="2" className={`r${at} edge`} /></svg>
    </td>
  );
}
