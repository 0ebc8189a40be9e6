/** Who calls best, with the error of that. */
import { useEffect, useRef, useState } from 'react';
import { BASE, load, useAnswer } from '../lib/api';
import { plural } from '../lib/format';
import { useKeys } from '../lib/keys';
import { Link, to, useQueryValue } from '../lib/router';
import { isGuest, useKnown } from '../lib/session';
import { board } from '../model/board';
import type { Board, BoardRow } from '../model/board';
import { races } from '../model/races';
import { AsOf, asOf, useAsOf } from '../parts/AsOf';
import { Source, Title } from '../parts/Page';
import { Empty, Loaded } from '../parts/States';

const POLL_MILLISECONDS = 15_000;

export default function Leaderboard() {
  const [scope, setScope] = useQueryValue('scope', (text) => (/^(season|circuit):[\w.-]{1,64}$/.test(text) ? text : null), 'all');
  const { value: list } = useAnswer(`${BASE}/races`, races);
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors[cursors.length - 1];
  const [kind, name] = scope.split(':');
  const query = new URLSearchParams({ limit: '50', ...(kind && name ? { [kind]: name } : {}), ...(cursor ? { after: cursor } : {}) });
  const [at] = useAsOf();
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
      </div>
      <Me scope={scope} />
      <AsOf newest={list?.position ?? null} />
      <Loaded answer={answer} what="the leaderboard">
        {(value) => value.rows.length === 0
          ? <Empty title="Nobody is listed yet"><p>Five ranked first runs list a player. Guests practise and are not ranked.</p><Link className="button primary" href="/simulator">Play</Link></Empty>
          : (
            <>
              <Held key={url} value={value} url={url} />
              <div className="row">
                {cursors.length > 0 && <button type="button" onClick={() => setCursors(cursors.slice(0, -1))}>Page before</button>}
                {value.next !== null && <button type="button" onClick={() => setCursors([...cursors, value.next ?? ''])}>Next 50</button>}
              </div>
            </>
          )}
      </Loaded>
      <details className="pane">
        <summary>How is this ranked?</summary>
        <p>Only the first ranked run of a race counts, and only without having seen its laps, windows or autopsy before. The IQ of few runs is drawn towards the average; the interval says how far the true one may lie from it, nine times in ten. Five runs list a player; equal IQs share a rank.</p>
      </details>
      <Source url={url} />
    </>
  );
}

/** Where one stands oneself: `m` shows the place and its neighbours. */
function Me({ scope }: { scope: string }) {
  const who = useKnown();
  const [isShown, setIsShown] = useState(false);
  const [kind, name] = scope.split(':');
  const query = kind && name ? `?${kind}=${encodeURIComponent(name)}` : '';
  const isRanked = who !== null && !isGuest(who);
  const answer = useAnswer(isShown && isRanked ? `${BASE}/leaderboard/around/${who.id}${query}` : null, board);
  useKeys([{ key: 'm', what: 'Jump to me', run: () => setIsShown(true) }]);
  const box = useRef<HTMLElement>(null);
  const value = answer.value;
  useEffect(() => { if (isShown && (value || answer.problem || !isRanked)) box.current?.focus(); }, [isShown, isRanked, value, answer.problem]);
  if (!isShown) return <p className="noprint"><button type="button" onClick={() => setIsShown(true)}>Jump to me<kbd>m</kbd></button></p>;
  return (
    <section className="pane" aria-label="My place" tabIndex={-1} ref={box}>
      {!isRanked ? <p>Guests are not ranked. <Link href="/sign-up?next=%2Fleaderboard">Sign up</Link> to be listed after five ranked first runs.</p>
        : value ? (
          <table>
            <caption>Around you</caption>
            <thead><tr><th scope="col" className="n">Rank</th><th scope="col">Name</th><th scope="col" className="n">IQ</th><th scope="col" className="n">± </th><th scope="col" className="n hide-s">Races</th><th scope="col" className="hide-s">Made by</th></tr></thead>
            <tbody>{value.rows.map((row) => <Row key={row.user} row={row} isMarked={row.user === who.id} />)}</tbody>
          </table>
        )
          : answer.problem ? <p>{answer.problem.code === 'unknown-user' ? 'You are not listed yet: that takes five ranked first runs of races you had not looked at.' : answer.problem.detail}</p>
            : <p role="status">Looking…</p>}
      <p><button type="button" onClick={() => setIsShown(false)}>Hide</button></p>
    </section>
  );
}

/** Rows never move by themselves: what changed waits behind a button. */
function Held({ value, url }: { value: Board; url: string }) {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) void load(url, board); }, POLL_MILLISECONDS);
    return () => clearInterval(timer);
  }, [url]);
  const changes = value === shown ? 0 : changed(shown.rows, value.rows);
  const table = useRef<HTMLTableElement>(null);
  return (
    <>
      <p role="status" style={{ minHeight: 44 }}>
        {changes > 0
          ? <button type="button" onClick={() => setShown(value)}>{plural(changes, 'change')}, show</button>
          : <span className="quiet">{plural(shown.listed, 'player')} listed.</span>}
      </p>
      <div className="scroll pane" role="region" tabIndex={0} aria-label="Ranking">
        <table ref={table}>
          <caption>{shown.board === 'overall' ? 'All races' : shown.board}</caption>
          <thead><tr><th scope="col" className="n">Rank</th><th scope="col">Name</th><th scope="col" className="n">IQ</th><th scope="col" className="n">± </th><th scope="col" className="n hide-s">Races</th><th scope="col" className="hide-s">Made by</th></tr></thead>
          <tbody>{shown.rows.map((row) => <Row key={row.user} row={row} />)}</tbody>
        </table>
      </div>
    </>
  );
}

export function Row({ row, isMarked = false }: { row: BoardRow; isMarked?: boolean }) {
  return (
    <tr aria-current={isMarked || undefined} className={isMarked ? 'on' : ''}>
      <td className="n">{row.rank}</td>
      <th scope="row"><Link href={to('u', row.name ?? row.user)}>{row.name ?? row.user.slice(0, 8)}</Link>{isMarked && ' ◂'}</th>
      <td className="n"><strong>{row.iq.toFixed(1)}</strong></td>
      <td className="n quiet">{row.interval === null ? '–' : row.interval.toFixed(1)}</td>
      <td className="n hide-s">{row.races}</td>
      <td className="hide-s quiet">{row.synthetic ? 'a bot' : 'a person'}</td>
    </tr>
  );
}

function changed(before: readonly BoardRow[], now: readonly BoardRow[]): number {
  const old = new Map(before.map((row) => [row.user, `${row.rank} ${row.iq} ${row.races}`]));
  return now.filter((row) => old.get(row.user) !== `${row.rank} ${row.iq} ${row.races}`).length;
}
