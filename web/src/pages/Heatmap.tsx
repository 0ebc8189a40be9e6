/** Where good decisions lie: the crowd's stops over what the model says each costs. */
import { useState } from 'react';
import { BASE, useAnswer } from '../lib/api';
import { DIFFERENCE_BINS, LOSS_BINS, differenceStep, iqStep, lossStep, shareStep } from '../lib/bins';
import { plural, seconds } from '../lib/format';
import { Link, oneOf, to, useQueryValue, wholeNumber } from '../lib/router';
import { openRun, raceKey, showsResults } from '../lib/spoiler';
import { cellRuns, heatmap, windows } from '../model/crowd';
import type { CellRun, HeatCell, Heatmap } from '../model/crowd';
import { spoken } from '../model/plan';
import { laps, races } from '../model/races';
import { DecisionGrid, cellWords } from '../charts/DecisionGrid';
import { Figure } from '../charts/Figure';
import { drivenStints } from '../charts/StrategyBars';
import { DataTable } from '../parts/DataTable';
import { LinesByLap } from '../charts/Lines';
import { RaceChoice } from '../parts/RaceChoice';
import { Legend } from '../parts/Legend';
import { Source, Synthetic, Title } from '../parts/Page';
import type { PageProps } from '../parts/pages';
import { SpoilerGate } from '../parts/SpoilerGate';
import { Loaded } from '../parts/States';

const METRICS = ['model', 'runs', 'iq', 'regret', 'difference'] as const;
type Metric = typeof METRICS[number];
const NAMES: Readonly<Record<Metric, string>> = { model: 'Cost by the model', runs: 'Runs', iq: 'Mean IQ', regret: 'Cost in runs', difference: 'Runs against model' };

export default function HeatmapPage({ parameters }: PageProps) {
  const { circuit = '', year = '' } = parameters;
  const { value: list } = useAnswer(`${BASE}/races`, races);
  const race = list?.races.find((each) => each.circuit === circuit && String(each.season) === year);
  const run = race ? openRun(raceKey(race.season, race.gp)) : null;
  const [isAgreed, setIsAgreed] = useState(false);
  if (run && !isAgreed && !showsResults()) return <SpoilerGate run={run} agree={() => setIsAgreed(true)} what="its heatmap" />;
  return <Opened circuit={circuit} year={year} name={race ? `${race.name} ${race.season}` : `${circuit} ${year}`} />;
}

function Opened({ circuit, year, name }: { circuit: string; year: string; name: string }) {
  const [stops, setStops] = useQueryValue('stops', wholeNumber(1, 2), 2);
  const [metric, setMetric] = useQueryValue('metric', oneOf(METRICS), 'model');
  const base = `${BASE}/heatmap/${encodeURIComponent(circuit)}/${encodeURIComponent(year)}?stops=${stops}`;
  const answer = useAnswer(base, heatmap);
  return (
    <>
      <RaceChoice page="heatmap" circuit={circuit} year={year} />
      <Title title={`Heatmap, ${name}`}>Decision heatmap: {name}</Title>
      <div className="row" role="group" aria-label="Stops">
        {[1, 2].map((number) => <button key={number} type="button" aria-pressed={stops === number} onClick={() => setStops(number)}>{plural(number, 'stop')}</button>)}
      </div>
      <div className="row" role="group" aria-label="Colour">
        {METRICS.map((each) => <button key={each} type="button" aria-pressed={metric === each} onClick={() => setMetric(each)}>{NAMES[each]}</button>)}
      </div>
      <Loaded answer={answer} what="the heatmap" height={640}>
        {(value) => <><div className="row"><Synthetic is={value.synthetic} />{value.runs === 0 && <span className="chip warn">No runs yet: model only</span>}</div><Shown key={`${value.gp}${value.stops}`} value={value} metric={metric} /></>}
      </Loaded>
      <Source url={base} csv={`${base}&format=csv`} />
    </>
  );
}

/** What runs lost there beyond the model's price of these laps: positive is the players' own. */
const differenceOf = (cell: HeatCell): number | null =>
  cell.meanRegretMilliseconds === null || cell.modelMilliseconds === null ? null : cell.meanRegretMilliseconds - cell.modelMilliseconds;

/** So few runs say little. */
const FEW = 5;

/** The colour of a cell, or null where there is nothing to say. */
function stepOf(metric: Metric, cells: readonly HeatCell[]): (cell: HeatCell) => number | null {
  const most = Math.max(0, ...cells.map(({ runs }) => runs));
  switch (metric) {
    case 'model': return (cell) => (cell.modelMilliseconds === null ? null : lossStep(cell.modelMilliseconds));
    case 'runs': return (cell) => shareStep(cell.runs, most);
    case 'iq': return (cell) => (cell.meanIQ === null ? null : iqStep(cell.meanIQ));
    case 'difference': return (cell) => { const found = differenceOf(cell); return found === null ? null : differenceStep(found); };
    case 'regret': return (cell) => (cell.meanRegretMilliseconds === null ? null : lossStep(cell.meanRegretMilliseconds));
  }
}

const COLUMNS = [
  { name: 'First stop', value: (row: HeatCell) => row.first },
  { name: 'Second stop', value: (row: HeatCell) => row.second },
  { name: 'By the model, s', value: (row: HeatCell) => (row.modelMilliseconds === null ? null : row.modelMilliseconds / 1000) },
  { name: 'Tyres', value: (row: HeatCell) => row.tyres.map(spoken).join(', '), isText: true },
  { name: 'Runs', value: (row: HeatCell) => row.runs },
  { name: 'Mean IQ', value: (row: HeatCell) => row.meanIQ },
  { name: 'Cost in runs, s', value: (row: HeatCell) => (row.meanRegretMilliseconds === null ? null : row.meanRegretMilliseconds / 1000) },
  { name: 'Runs against model, s', value: (row: HeatCell) => { const found = differenceOf(row); return found === null ? null : found / 1000; } },
];

const placeOf = (cell: HeatCell) => (cell.second === null ? `lap ${cell.first}` : `laps ${cell.first} and ${cell.second}`);

function finding(value: Heatmap): string {
  const modelled = value.cells.filter((cell) => cell.modelMilliseconds !== null);
  const best = [...modelled].sort((a, b) => (a.modelMilliseconds ?? 0) - (b.modelMilliseconds ?? 0))[0];
  const favourite = [...value.cells].sort((a, b) => b.runs - a.runs)[0];
  const model = best ? `The model’s best is ${placeOf(best)}${best.tyres.length > 0 ? ` (${best.tyres.map(spoken).join(', ')})` : ''}` : 'The model has no plan with so many stops';
  const crowd = favourite && favourite.runs > 0 ? `; of ${plural(value.runs, 'run')} most stopped on ${placeOf(favourite)} (${favourite.runs})` : '; nobody has played it yet';
  return `${model}${crowd}.`;
}

function Shown({ value, metric }: { value: Heatmap; metric: Metric }) {
  const sorted = [...value.cells].sort((a, b) => (a.modelMilliseconds ?? Infinity) - (b.modelMilliseconds ?? Infinity));
  const [chosen, setChosen] = useState<HeatCell | null>(sorted[0] ?? null);
  const [opened, setOpened] = useState<HeatCell | null>(null);
  const file = `${value.season}-${value.gp}-heatmap-${value.stops}`;
  if (value.cells.length === 0) return <p className="pane">There is no legal plan with so many stops, and nobody has played one.</p>;
  return (
    <>
      {value.stops === 1
        ? <Strip value={value} file={file} metric={metric} choose={setChosen} />
        : <Grid value={value} file={file} metric={metric} sorted={sorted} chosen={chosen} choose={setChosen} open={() => setOpened(chosen)} />}
      {chosen && chosen !== opened && (
        <p className="noprint"><button type="button" disabled={chosen.runs === 0} onClick={() => setOpened(chosen)}>{chosen.runs === 0 ? 'Nobody stopped there' : `The ${plural(chosen.runs, 'run')} that stopped on ${placeOf(chosen)}`}</button></p>
      )}
      {opened && <CellRuns cell={opened} value={value} />}
    </>
  );
}

function Grid({ value, metric, sorted, chosen, choose, open, file }: {
  value: Heatmap; metric: Metric; sorted: readonly HeatCell[]; chosen: HeatCell | null; choose: (cell: HeatCell) => void; open: () => void; file: string;
}) {
  const [isReal, setIsReal] = useState(false);
  const driven = useAnswer(isReal ? `${BASE}/races/${value.season}/${encodeURIComponent(value.gp)}/laps` : null, laps);
  const { value: crowd } = useAnswer(`${BASE}/optimal/${encodeURIComponent(value.circuit)}/${value.season}`, windows);
  const [one, two] = crowd?.stops ?? [];
  const step = stepOf(metric, value.cells);
  const real = (isReal && driven.value ? driven.value : []).flatMap((car) => {
    const [first, second, more] = drivenStints(car).slice(1).map(({ first: lap }) => lap - 1);
    return first !== undefined && second !== undefined && more === undefined ? [{ code: car.code, first, second }] : [];
  });
  return (
    <Figure
      title={`${NAMES[metric]} by the laps of both stops`} finding={finding(value)} columns={COLUMNS} rows={sorted} limit={20} file={file}
      note={`${metric === 'difference' ? 'Orange: runs there lost more than the laps of their stops explain; blue: less.' : 'Strong is good.'} Blank: no legal plan, or nobody. Cross: the model’s best. Dashed frame: the crowd’s windows. ${metric === 'model' ? '' : `Hatched: fewer than ${FEW} runs. `}Arrows move by a lap, Page keys by five, Home and End to the edge, Enter opens the runs.`}
      controls={<button type="button" aria-pressed={isReal} onClick={() => setIsReal(!isReal)}>Real stops</button>}
    >
      {(width) => (
        <>
          <p className="reading">{chosen ? cellWords(chosen) : 'No cell is chosen.'}</p>
          <DecisionGrid
            width={width} cells={value.cells} laps={value.laps} step={step} chosen={chosen} choose={choose} open={open}
            isThin={(cell) => metric !== 'model' && cell.runs > 0 && cell.runs < FEW}
            overlays={{ real, windows: one && two && crowd?.basis === 'crowd' ? [one.window, two.window] : null, optimum: sorted[0]?.modelMilliseconds == null ? null : sorted[0] }}
          />
          <Legend steps={legend(metric)} counts={counts(value.cells, step)} />
        </>
      )}
    </Figure>
  );
}

/** Who stopped there, best first. */
function CellRuns({ cell, value }: { cell: HeatCell; value: Heatmap }) {
  const query = `first=${cell.first}${cell.second === null ? '' : `&second=${cell.second}`}`;
  const answer = useAnswer(`${BASE}/heatmap/${encodeURIComponent(value.circuit)}/${value.season}/runs?${query}`, cellRuns);
  return (
    <section className="pane" aria-label={`Runs that stopped on ${placeOf(cell)}`}>
      <h2>Runs that stopped on {placeOf(cell)}</h2>
      <Loaded answer={answer} what="the runs" height={200}>
        {({ runs }) => runs.length === 0
          ? <p>Nobody’s ranked run stopped there.</p>
          : (
            <DataTable<CellRun>
              caption={`${plural(runs.length, 'ranked run')}, best first`} rows={runs} limit={10}
              columns={[
                { name: 'Player', value: (row) => row.name ?? row.user, show: (row) => <Link href={to('u', row.name ?? row.user)}>{row.name ?? row.user.slice(0, 8)}</Link>, isText: true },
                { name: 'Car', value: (row) => row.driver, isText: true },
                { name: 'IQ', value: (row) => row.iq, show: (row) => row.iq?.toFixed(1) ?? '–' },
                { name: 'Against the best', value: (row) => row.toOptimumMilliseconds, show: (row) => (row.toOptimumMilliseconds === null ? '–' : seconds(row.toOptimumMilliseconds)) },
                { name: 'Tyres', value: (row) => [row.start, ...row.stops.map(({ compound }) => compound)].map((each) => spoken(each)).join(', '), isText: true },
                { name: 'Run', value: (row) => row.simulation, show: (row) => <Link href={to('audit', 'run', row.simulation)}>events</Link>, isText: true },
              ]}
            />
          )}
      </Loaded>
    </section>
  );
}

function legend(metric: Metric): readonly (readonly [number, string])[] {
  if (metric === 'iq') return [[1, 'below 50'], [2, '50s'], [3, '60s'], [4, '70s'], [5, '80s'], [6, '90 and more']];
  if (metric === 'runs') return [[0, 'no run'], [1, 'few'], [3, 'half of the most'], [6, 'most runs']];
  if (metric === 'difference') {
    const [near, far] = DIFFERENCE_BINS.map((bound) => bound / 1000);
    return [[7, `sooner by more than ${far} s`], [8, `sooner by ${near} to ${far} s`], [9, `within ${near} s`], [10, `later by ${near} to ${far} s`], [11, `later by more than ${far} s`]];
  }
  const bounds = LOSS_BINS.map((bound) => bound / 1000);
  return [...bounds.map((bound, index) => [6 - index, `${bounds[index - 1] ?? 0} to ${bound} s`] as const), [1, 'more']];
}

function counts(cells: readonly HeatCell[], step: (cell: HeatCell) => number | null): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const cell of cells) {
    const at = step(cell);
    if (at !== null) found.set(at, (found.get(at) ?? 0) + 1);
  }
  return found;
}

/** One stop: a line over the laps. */
function Strip({ value, file, metric, choose }: { value: Heatmap; file: string; metric: Metric; choose: (cell: HeatCell) => void }) {
  const of = (cell: HeatCell): number | null => ({
    model: cell.modelMilliseconds, runs: cell.runs, iq: cell.meanIQ, regret: cell.meanRegretMilliseconds, difference: differenceOf(cell),
  })[metric];
  const [lap, setLap] = useState(value.cells[0]?.first ?? 1);
  const isTime = metric !== 'runs' && metric !== 'iq';
  const move = (next: number) => {
    setLap(next);
    const cell = value.cells.find(({ first }) => first === next);
    if (cell) choose(cell);
  };
  return (
    <LinesByLap
      title={`${NAMES[metric]} by the lap of the stop`} finding={finding(value)} columns={COLUMNS} rows={value.cells} file={file}
      series={[{ name: NAMES[metric].toLowerCase(), points: value.cells.map((cell) => ({ lap: cell.first, value: of(cell) })) }]}
      label={isTime ? 's against the best' : NAMES[metric].toLowerCase()} lap={lap} setLap={move} {...(metric === 'difference' ? {} : { floor: 0 })}
      format={(number) => (isTime ? seconds(number).replace('\u00a0s', '') : String(Math.round(number)))}
      first={Math.min(...value.cells.map(({ first }) => first))} last={Math.max(...value.cells.map(({ first }) => first))}
      note={`${plural(value.runs, 'run')} with one stop.`}
    />
  );
}
