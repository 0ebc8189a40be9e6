/** Who calls best, with the error of that. */
import { useEffect, useState } from 'react';
import { BASE, load, useAnswer } from '../lib/api';
import { plural } from '../lib/format';
import { Link, useQueryValue } from '../lib/router';
import { board } from '../model/board';
import type { Board, BoardRow } from '../model/board';
import { races } from '../model/races';
import { rules } from '../model/rules';
import { AsOf, asOf, useAsOf } from '../parts/AsOf';
import type { Beside } from '../parts/BoardTable';
import { BoardTable } from '../parts/BoardTable';
import { Source, Title } from '../parts/Page';
import { FindPlayer, Me } from '../parts/Standing';
import { Empty, Loaded } from '../parts/States';

const POLL_MILLISECONDS = 15_000;

export default function Leaderboard() {
  const [scope, setScope] = useQueryValue('scope', (text) => (/^(season|circuit):[\w.-]{1,64}$/.test(text) ? text : null), 'all');
  const { value: list } = useAnswer(`${BASE}/races`, races);
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors[cursors.length - 1];
  const [kind, name] = scope.split(':');
  const part = kind && name ? { [kind]: name } : {};
  const query = new URLSearchParams({ limit: '50', ...part, ...(cursor ? { after: cursor } : {}) });
  const [at] = useAsOf();
  const [other, setOther] = useQueryValue('rules', (text) => (/^[a-z0-9-]{1,40}$/.test(text) ? text : null), '');
  const { value: published } = useAnswer(`${BASE}/rules`, rules);
  const candidates = published?.rules.map((each) => each.name).filter((each) => each !== published.inForce) ?? [];
  const beside = useBeside(new URLSearchParams({ limit: '200', ...part }), at, other);
  const url = asOf(`${BASE}/leaderboard?${query.toString()}`, at);
  const answer = useAnswer(url, board);
  const seasons = [...new Set(list?.races.map(({ season }) => season) ?? [])];
  const circuits = [...new Set(list?.races.map(({ circuit }) => circuit) ?? [])].sort();
  return (
    <>
      <Title title="Leaderboard">Leaderboard</Title>
      <p className="lead">Strategy IQ of players, from their first ranked runs of a race.</p>
      <div className="row end">
        <label className="field">Of
          <select value={scope} onChange={(event) => { setCursors([]); setScope(event.target.value); }}>
            <option value="all">All races</option>
            {seasons.map((season) => <option key={season} value={`season:${season}`}>Season {season}</option>)}
            {circuits.map((circuit) => <option key={circuit} value={`circuit:${circuit}`}>Circuit {circuit}</option>)}
          </select>
        </label>
        <Me scope={scope} />
      </div>
      <FindPlayer scope={scope} />
      <AsOf newest={list?.position ?? null} />
      <Loaded answer={answer} what="the leaderboard">
        {(value) => value.rows.length === 0
          ? <Empty title="Nobody is listed yet"><p>Five ranked first runs list a player. Guests practise and are not ranked.</p><Link className="button primary" href="/simulator">Play</Link></Empty>
          : (
            <>
              <Held key={url} value={value} url={url} beside={beside} />
              <div className="row">
                {cursors.length > 0 && <button type="button" onClick={() => setCursors(cursors.slice(0, -1))}>Page before</button>}
                {value.next !== null && <button type="button" onClick={() => setCursors([...cursors, value.next ?? ''])}>Next 50</button>}
              </div>
            </>
          )}
      </Loaded>
      {candidates.length > 0 && (
        <label className="field">Beside
          <select value={other} onChange={(event) => setOther(event.target.value || null)}>
            <option value="">Change in 7 days</option>
            {candidates.map((each) => <option key={each} value={each}>Rules {each}</option>)}
          </select>
        </label>
      )}
      <details className="pane">
        <summary>How is this ranked?</summary>
        <p>Only the first ranked run of a race counts, and only without having seen its laps, windows or autopsy before. The IQ of few runs is drawn towards the average; the interval says how far the true one may lie from it, nine times in ten. Five runs list a player; equal IQs share a rank.</p>
      </details>
      <Source url={url} />
    </>
  );
}

const DAY_MILLISECONDS = 86_400_000;

/** Midnight a week ago, so that everybody who asks today asks for the same moment. */
const weekAgo = (): string => `${new Date(Date.now() - 7 * DAY_MILLISECONDS).toISOString().slice(0, 10)}T00:00:00Z`;

/** What stands beside each row: under other rules, or since a week ago. */
function useBeside(query: URLSearchParams, at: string, other: string): Beside[] {
  const [then] = useState(weekAgo);
  const plain = `${BASE}/leaderboard?${query.toString()}`;
  const past = useAnswer(other === '' && at === '' ? asOf(plain, then) : null, board).value;
  const under = useAnswer(other === '' ? null : asOf(`${plain}&rules=${other}`, at), board).value;
  const compared = under ?? past;
  // The column has its place before its numbers come.
  if (!compared) return at === '' && other === '' ? [{ heading: '7 days', cell: () => '\u2026' }] : [];
  const rows = new Map(compared.rows.map((row) => [row.user, row]));
  const unknown = compared.next === null ? 'not listed' : '–';
  if (under) {
    return [
      { heading: `IQ by ${other}`, cell: ({ user }) => rows.get(user)?.iq.toFixed(1) ?? unknown },
      { heading: 'Difference', cell: ({ user, iq }) => signed(rows.get(user)?.iq, iq) },
    ];
  }
  return [{ heading: '7 days', cell: ({ user, rank }) => moved(rows.get(user)?.rank, rank, compared.next === null) }];
}

function signed(other: number | undefined, iq: number): string {
  if (other === undefined) return '–';
  const difference = other - iq;
  return `${difference > 0 ? '+' : difference < 0 ? '\u2212' : '\u00b1'}${Math.abs(difference).toFixed(1)}`;
}

function moved(before: number | undefined, now: number, isWhole: boolean): string {
  if (before === undefined) return isWhole ? 'new' : '–';
  if (before === now) return 'same';
  return before > now ? `up ${before - now} \u2191` : `down ${now - before} \u2193`;
}

/** Rows never move by themselves: what changed waits behind a button. */
function Held({ value, url, beside }: { value: Board; url: string; beside: readonly Beside[] }) {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) void load(url, board); }, POLL_MILLISECONDS);
    return () => clearInterval(timer);
  }, [url]);
  const changes = value === shown ? 0 : changed(shown.rows, value.rows);
  return (
    <>
      <p role="status" style={{ minHeight: 44 }}>
        {changes > 0
          ? <button type="button" onClick={() => setShown(value)}>{plural(changes, 'change')}, show</button>
          : <span className="quiet">{plural(shown.listed, 'player')} listed.</span>}
      </p>
      <div className="scroll pane" role="region" tabIndex={0} aria-label="Ranking">
        <BoardTable caption={shown.board === 'overall' ? 'All races' : shown.board} rows={shown.rows} beside={beside} />
      </div>
    </>
  );
}

function changed(before: readonly BoardRow[], now: readonly BoardRow[]): number {
  const old = new Map(before.map((row) => [row.user, `${row.rank} ${row.iq} ${row.races}`]));
  return now.filter((row) => old.get(row.user) !== `${row.rank} ${row.iq} ${row.races}`).length;
}
