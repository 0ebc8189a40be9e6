/** Who loses seconds where, over a season. */
import { BASE, useAnswer } from '../lib/api';
import { capital, plural, seconds, span } from '../lib/format';
import { Link, oneOf, to, useQueryValue, wholeNumber } from '../lib/router';
import { CAUSES, teams } from '../model/season';
import type { Team, Teams } from '../model/season';
import { races } from '../model/races';
import { Figure } from '../charts/Figure';
import { MiniBar, Sparkline } from '../charts/MiniBar';
import { DataTable } from '../parts/DataTable';
import { Source, Synthetic, Title } from '../parts/Page';
import { Pending } from '../parts/Pending';
import { Empty, Loaded } from '../parts/States';
import { Swatch } from '../parts/Swatch';

export default function TeamsPage() {
  const { value: list } = useAnswer(`${BASE}/races`, races);
  const seasons = [...new Set(list?.races.map(({ season }) => season) ?? [])];
  const latest = seasons[seasons.length - 1] ?? null;
  const [year, setYear] = useQueryValue('year', wholeNumber(1950, 2999), 0);
  const [dry, setDry] = useQueryValue('dry', oneOf(['1']), '');
  const season = year || latest;
  const url = season === null ? null : `${BASE}/teams?year=${season}${dry ? '&dry=1' : ''}`;
  const answer = useAnswer(url, teams);
  return (
    <>
      <Title title="Teams">Teams: who loses seconds where</Title>
      <div className="row end" style={{ minHeight: 66 }}>
        <label className="field">Season
          <select value={season ?? ''} onChange={(event) => setYear(Number(event.target.value))}>{seasons.map((each) => <option key={each} value={each}>{each}</option>)}</select>
        </label>
        <label className="button"><input type="checkbox" checked={dry === '1'} onChange={(event) => setDry(event.target.checked ? '1' : null)} />Dry races only</label>
      </div>
      {list && list.races.length === 0
        ? <Empty title="No race yet"><p>Load the sample races on the server with <code>blame sample</code>.</p></Empty>
        : <Loaded answer={answer} what="the season, which may be computed now">{(value) => <Shown value={value} retry={answer.retry} />}</Loaded>}
      {url && <Source url={url} />}
    </>
  );
}

const costOf = (team: Team, key: string) => team.costs.find((each) => each.cause === key)?.milliseconds ?? null;

/** A column with a small bar, all of it on one scale. */
const barred = (name: string, all: readonly Team[], of: (team: Team) => number | null) => {
  const most = Math.max(0, ...all.map((team) => Math.abs(of(team) ?? 0)));
  return { name, value: of, show: (team: Team) => { const found = of(team); return found === null ? '–' : <>{seconds(found)}<MiniBar value={found} most={most} /></>; } };
};

const trendOf = (team: Team) => team.trend.map(({ milliseconds }) => (milliseconds.every((each) => each === null) ? null : milliseconds.reduce<number>((sum, each) => sum + (each ?? 0), 0)));

const number = (name: string, of: (team: Team) => number | null, show: (value: number) => string) => ({
  name, value: of, show: (team: Team) => { const found = of(team); return found === null ? '–' : show(found); },
});

function Shown({ value, retry }: { value: Teams; retry: () => void }) {
  if (value.teams.length === 0) return <Empty title="No figures yet"><p>No race of {value.season} has been taken apart.</p><Pending pending={value.pending} retry={retry} /></Empty>;
  return (
    <>
      <p className="row"><Synthetic is={value.synthetic} /><span className="quiet">{plural(value.computed, 'race')} of {value.season}; mean of a car and race.</span></p>
      <Pending pending={value.pending} retry={retry} />
      <WorstChart value={value} />
      <section className="pane">
        <h2>All figures</h2>
        <DataTable<Team>
          caption="Seconds a car and race; positive is lost. A team with few races is provisional" rows={value.teams}
          columns={[
            { name: 'Team', value: (row) => row.team, show: (row) => <><Swatch colour={row.colour} /><Link href={to('teams', value.season, row.slug)}>{row.team}</Link>{row.isProvisional && <span className="quiet small"> provisional</span>}</>, isText: true },
            { name: 'Races', value: (row) => row.raceCount },
            ...CAUSES.map(({ key, word }) => barred(capital(word), value.teams, (team) => costOf(team, key))),
            number('Unexplained', (team) => team.residual.milliseconds, (found) => seconds(found)),
            { name: 'Stops', value: (row) => row.pitStops.count },
            number('Median lane loss', (team) => team.pitStops.medianMilliseconds, (found) => span(found, 2)),
            { name: 'Calls in window / early / late', value: (row) => (row.calls ? `${row.calls.inWindow} / ${row.calls.early} / ${row.calls.late}` : null) },
            { name: 'Races, net', value: (row) => trendOf(row).filter((each) => each !== null).pop() ?? null, show: (row) => { const found = trendOf(row); const last = found.filter((each) => each !== null).pop() ?? null; return last === null ? '–' : <>{seconds(last)}<Sparkline values={found} /></>; } },
            number('SC regret', (team) => team.safetyCarRegretMilliseconds, (found) => seconds(found)),
          ]}
        />
      </section>
    </>
  );
}

/** C16: the cause that a team loses most to, one scale for all. */
function WorstChart({ value }: { value: Teams }) {
  const [cause, setCause] = useQueryValue('cause', oneOf(CAUSES.map(({ key }) => key)), 'strategy_error');
  const word = CAUSES.find(({ key }) => key === cause)?.word ?? cause;
  const rows = value.teams
    .map((team) => ({ team: team.team, cost: team.costs.find((each) => each.cause === cause) }))
    .sort((a, b) => (b.cost?.milliseconds ?? 0) - (a.cost?.milliseconds ?? 0));
  type Row = typeof rows[number];
  const [worst, best] = [rows[0], rows[rows.length - 1]];
  const finding = worst && best ? `${worst.team} loses most to ${word} (${seconds(worst.cost?.milliseconds ?? 0)} a car and race), ${best.team} least (${seconds(best.cost?.milliseconds ?? 0)}).` : 'There is no figure.';
  return (
    <Figure<Row>
      title={`Lost to ${word}`} finding={finding} rows={rows} file={`${value.season}-teams-${cause}`}
      columns={[
        { name: 'Team', value: (row) => row.team, isText: true },
        { name: 'Seconds a car and race', value: (row) => (row.cost?.milliseconds ?? 0) / 1000 },
        { name: 'Points lost', value: (row) => row.cost?.pointsLost ?? null },
      ]}
      controls={CAUSES.map(({ key, word: name }) => <button key={key} type="button" aria-pressed={cause === key} onClick={() => setCause(key, 'replace')}>{capital(name)}</button>)}
      note="Right and solid is lost, left and hatched is won. Whiskers, where there are enough races, hold nine in ten."
    >
      {(width) => <Bars width={width} rows={rows.map(({ team, cost }) => ({ name: team, value: cost?.milliseconds ?? 0, low: cost?.interval?.low ?? null, high: cost?.interval?.high ?? null }))} />}
    </Figure>
  );
}

interface Bar { readonly name: string; readonly value: number; readonly low: number | null; readonly high: number | null }

function Bars({ width, rows }: { width: number; rows: readonly Bar[] }) {
  const isNarrow = width < 460;
  const left = isNarrow ? 4 : 20 + Math.max(...rows.map(({ name }) => name.length)) * 7.5;
  const row = isNarrow ? 44 : 30;
  const low = Math.min(0, ...rows.map((each) => Math.min(each.value, each.low ?? 0)));
  const high = Math.max(1, ...rows.map((each) => Math.max(each.value, each.high ?? 0)));
  const x = (value: number) => left + ((value - low) / (high - low)) * (width - left - 76);
  return (
    <svg viewBox={`0 0 ${width} ${rows.length * row + 6}`} role="img" aria-label="Seconds by team; the button Table shows the numbers.">
      <defs><pattern id="hatch-gain" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" className="f-gain" /><line x1="0" y1="0" x2="0" y2="6" stroke="var(--pane)" strokeWidth="2" /></pattern></defs>
      <line x1={x(0)} x2={x(0)} y1="0" y2={rows.length * row} className="zero" />
      {rows.map(({ name, value, low: from, high: end }, index) => {
        const y = index * row + (isNarrow ? 20 : 4);
        return (
          <g key={name}>
            <text x={isNarrow ? 4 : left - 8} y={isNarrow ? y - 5 : y + 16} className={isNarrow ? '' : 'e'}>{name}</text>
            <rect x={Math.min(x(0), x(value))} y={y} width={Math.max(1, Math.abs(x(value) - x(0)))} height="20" fill={value < 0 ? 'url(#hatch-gain)' : 'var(--loss)'} />
            {from !== null && end !== null && <path className="whisker" d={`M${x(from)} ${y + 5}v10M${x(from)} ${y + 10}H${x(end)}M${x(end)} ${y + 5}v10`} />}
            <text x={width - 4} y={y + 16} className="e b">{seconds(value)}</text>
          </g>
        );
      })}
    </svg>
  );
}
