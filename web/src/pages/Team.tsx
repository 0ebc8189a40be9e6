/** One team's season, cause by cause, race by race, car by car. */
import { BASE, useAnswer } from '../lib/api';
import { capital, plural, seconds, span } from '../lib/format';
import { Link, to } from '../lib/router';
import { teamDetail } from '../model/season';
import type { TeamDetail } from '../model/season';
import { ByRace } from '../charts/ByRace';
import type { RaceMark } from '../charts/ByRace';
import { Waterfall } from '../charts/Waterfall';
import { ticks } from '../lib/scale';
import { DataTable } from '../parts/DataTable';
import { Source, Synthetic, Title } from '../parts/Page';
import type { PageProps } from '../parts/pages';
import { Pending } from '../parts/Pending';
import { Loaded } from '../parts/States';
import { Swatch } from '../parts/Swatch';

export default function TeamPage({ parameters }: PageProps) {
  const { year = '', team = '' } = parameters;
  const url = `${BASE}/teams/${encodeURIComponent(year)}/${encodeURIComponent(team)}`;
  const answer = useAnswer(url, teamDetail);
  const name = answer.value?.team ?? capital(team);
  return (
    <>
      <p><Link href={`/teams?year=${year}`}>All teams of {year}</Link></p>
      <Title title={`${name} ${year}`}>{name} {year}</Title>
      <Loaded answer={answer} what="the team">{(value) => <Shown value={value} retry={answer.retry} />}</Loaded>
      <Source url={url} />
    </>
  );
}

function Shown({ value, retry }: { value: TeamDetail; retry: () => void }) {
  const costs = [
    ...value.costs.map((cost) => ({ cause: cost.cause, title: capital(cost.title), milliseconds: cost.milliseconds ?? 0, interval: cost.interval, share: null })),
    { cause: 'unexplained', title: 'Unexplained', milliseconds: value.residual.milliseconds ?? 0, interval: value.residual.interval, share: null },
  ];
  const total = costs.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const { pitStops, calls } = value;
  return (
    <>
      <div className="row"><span className="chip"><Swatch colour={value.colour} />{value.drivers.join(', ')}</span><Synthetic is={value.synthetic} />{value.isProvisional && <span className="chip warn">Provisional: {plural(value.raceCount, 'race')}</span>}</div>
      <Pending pending={value.pending} retry={retry} />
      <dl className="tiles">
        <div><dt>Strategy, decision</dt><dd>{value.decision.milliseconds === null ? '–' : seconds(value.decision.milliseconds)}<small>a car and race</small></dd></div>
        <div><dt>Luck</dt><dd>{value.luck.milliseconds === null ? '–' : seconds(value.luck.milliseconds)}<small>a car and race</small></dd></div>
        <div><dt>Stops</dt><dd>{pitStops.count}<small>{pitStops.medianMilliseconds === null ? 'no times' : `median ${span(pitStops.medianMilliseconds, 2)} over the best`}</small></dd></div>
        <div><dt>Calls in the window</dt><dd>{calls ? calls.inWindow : '–'}<small>{calls ? `${calls.early} early, ${calls.late} late` : 'not judged'}</small></dd></div>
      </dl>
      <Waterfall costs={costs} total={total} totalInterval={null} against="ideal races" file={`${value.season}-${value.slug}`} note="Mean of a car and race." />
      <StopStrip value={value} />
      <Calls value={value} />
      {value.cars.map(({ driver, races }) => (
        <section key={driver} className="pane">
          <h2>{driver}</h2>
          <DataTable
            caption={`Races of ${driver}; each leads to its autopsy`} rows={races}
            columns={[
              { name: 'Race', value: (row) => row.gp, show: (row) => (row.gp ? <Link href={to('autopsy', value.season, row.gp, driver)}>{capital(row.gp)}</Link> : '–'), isText: true },
              { name: 'Net', value: (row) => row.totalLossMilliseconds, show: (row) => (row.totalLossMilliseconds === null ? (row.reason ?? '–') : seconds(row.totalLossMilliseconds)) },
              ...value.costs.map(({ cause, title }) => ({
                name: capital(title), value: (row: typeof races[number]) => row.costs.find((cost) => cost.cause === cause)?.milliseconds ?? null,
                show: (row: typeof races[number]) => { const cost = row.costs.find((each) => each.cause === cause); return cost ? seconds(cost.milliseconds) : '–'; },
              })),
            ]}
          />
        </section>
      ))}
    </>
  );
}

const nameOf = (value: TeamDetail, gp: string | null) =>
  value.races.find((race) => race.gp === gp)?.name.replace(/ Grand Prix$/, '') ?? capital(gp ?? '');

const carOf = (value: TeamDetail) => value.cars.map(({ driver }) => driver);

/** C14: every stop against the best of its race. */
function StopStrip({ value }: { value: TeamDetail }) {
  const marks: RaceMark[] = value.cars.flatMap(({ driver, races }) => races.flatMap((race) => race.pitStops.map((milliseconds) => ({ race: nameOf(value, race.gp), car: driver, value: milliseconds }))));
  const worst = [...marks].sort((a, b) => b.value - a.value)[0];
  const [low, high] = [Math.min(0, ...marks.map((mark) => mark.value)), Math.max(500, ...marks.map((mark) => mark.value))];
  return (
    <ByRace
      title="Stops" file={`${value.season}-${value.slug}-stops`} marks={marks} cars={carOf(value)} races={value.races.map(({ gp }) => nameOf(value, gp))}
      finding={worst ? `${plural(marks.length, 'stop')}; the slowest, ${worst.car} in ${worst.race}, took ${seconds(worst.value, 2)} against the race’s reference.` : 'No stop is timed.'}
      columns={[
        { name: 'Race', value: (row) => row.race, isText: true }, { name: 'Car', value: (row) => row.car, isText: true },
        { name: 'Against the reference, s', value: (row) => row.value / 1000, show: (row) => seconds(row.value, 2) },
      ]}
      ticks={ticks(low, high, 6)} domain={[low, high]} format={(at) => String(at / 1000).replace('-', '−')} label="seconds in the lane against the best tenth of the race →"
      median={value.pitStops.medianMilliseconds} note="A mark is a stop."
    />
  );
}

const CALLS = [['early', -1], ['inWindow', 0], ['late', 1]] as const;
const CALL_WORDS = ['early', 'in the window', 'late'];

/** C15: calls before, in and after the window. */
function Calls({ value }: { value: TeamDetail }) {
  const marks: RaceMark[] = value.cars.flatMap(({ driver, races }) => races.flatMap((race) => {
    const { calls } = race;
    return calls ? CALLS.flatMap(([key, at]) => Array.from({ length: calls[key] }, () => ({ race: nameOf(value, race.gp), car: driver, value: at, isHollow: at !== 0 }))) : [];
  }));
  const inside = marks.filter((mark) => mark.value === 0).length;
  return (
    <ByRace
      title="Calls" file={`${value.season}-${value.slug}-calls`} marks={marks} cars={carOf(value)} races={value.races.map(({ gp }) => nameOf(value, gp))}
      finding={marks.length > 0 ? `${inside} of ${plural(marks.length, 'call')} lay in the window, ${marks.filter((mark) => mark.value < 0).length} before it, ${marks.filter((mark) => mark.value > 0).length} after.` : 'No call is judged.'}
      columns={[
        { name: 'Race', value: (row) => row.race, isText: true }, { name: 'Car', value: (row) => row.car, isText: true },
        { name: 'Call', value: (row) => CALL_WORDS[row.value + 1] ?? '', isText: true },
      ]}
      ticks={[-1, 0, 1]} domain={[-1.2, 1.6]} format={(at) => CALL_WORDS[at + 1] ?? ''} label="against the window" note="Filled is in the window, hollow outside."
    />
  );
}
