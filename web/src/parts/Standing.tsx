/** Where one player stands, among neighbours: oneself, or whoever is looked for by name. */
import { useEffect, useRef, useState } from 'react';
import { BASE, useAnswer } from '../lib/api';
import { useKeys } from '../lib/keys';
import { Link } from '../lib/router';
import { isGuest, useKnown } from '../lib/session';
import { board } from '../model/board';
import { player } from '../model/player';
import { BoardTable } from './BoardTable';

/** The address of a player's neighbours on a board such as `season:2023`. */
function around(user: string, scope: string): string {
  const [kind, name] = scope.split(':');
  return `${BASE}/leaderboard/around/${user}${kind && name ? `?${kind}=${encodeURIComponent(name)}` : ''}`;
}

/** Where one stands oneself: `m` shows the place and its neighbours. */
export function Me({ scope }: { scope: string }) {
  const who = useKnown();
  const [isShown, setIsShown] = useState(false);
  useKeys([{ key: 'm', what: 'Jump to me', run: () => setIsShown(true) }]);
  if (!isShown) return <button type="button" className="noprint" onClick={() => setIsShown(true)}>Jump to me<kbd>m</kbd></button>;
  const isRanked = who !== null && !isGuest(who);
  return (
    <Neighbours
      user={isRanked ? who.id : null} scope={scope} title="My place" hide={() => setIsShown(false)}
      unlisted={isRanked ? 'You are not listed yet: that takes five ranked first runs of races you had not looked at.' : null}
    />
  );
}

/** Finds a player by name. */
export function FindPlayer({ scope }: { scope: string }) {
  const [text, setText] = useState('');
  const [name, setName] = useState<string | null>(null);
  const found = useAnswer(name === null ? null : `${BASE}/players/${encodeURIComponent(name)}`, player);
  return (
    <>
      <form className="row end" role="search" aria-label="Players" onSubmit={(event) => { event.preventDefault(); setName(text.trim() || null); }}>
        <label className="field">Player<input type="search" autoComplete="off" spellCheck={false} maxLength={80} value={text} onChange={({ target }) => setText(target.value)} /></label>
        <button type="submit">Find</button>
      </form>
      {name !== null && found.problem && !found.isLoading && <p role="alert">{found.problem.detail}</p>}
      {name !== null && found.value && (
        <Neighbours user={found.value.id} scope={scope} title={`Place of ${name}`} hide={() => setName(null)} unlisted={`${name} is not listed here: that takes five ranked first runs.`} />
      )}
    </>
  );
}

function Neighbours({ user, scope, title, unlisted, hide }: {
  user: string | null; scope: string; title: string; unlisted: string | null; hide: () => void;
}) {
  const answer = useAnswer(user === null ? null : around(user, scope), board);
  const box = useRef<HTMLElement>(null);
  const isKnown = user === null || answer.value !== null || answer.problem !== null;
  useEffect(() => { if (isKnown) box.current?.focus(); }, [isKnown]);
  return (
    <section className="pane" aria-label={title} tabIndex={-1} ref={box}>
      {user === null ? <p>Guests are not ranked. <Link href="/sign-up?next=%2Fleaderboard">Sign up</Link> to be listed after five ranked first runs.</p>
        : answer.value ? <BoardTable caption="Around that place" rows={answer.value.rows} marked={user} />
          : answer.problem ? <p>{answer.problem.code === 'unknown-user' ? unlisted : answer.problem.detail}</p>
            : <p role="status">Looking…</p>}
      <p><button type="button" onClick={hide}>Hide</button></p>
    </section>
  );
}
