/**
 * Who this browser is. The session lives in cookies that no script can read; kept here is only whose it is, and until
 * when it needs no renewal. Who has no account plays as a guest, and guests practise.
 */
import { useEffect, useSyncExternalStore } from 'react';
import { BASE, get, post, remove, renewBefore, newKey } from './api';
import { flag, maybe, number, object, text } from './decode';
import type { Decoded } from './decode';
import { ApiProblem } from './problem';
import { read, write } from './memory';

const members = {
  id: text, kind: text, name: maybe(text), email: maybe(text), isPro: flag, isOperator: flag, mayBeRanked: flag,
};
export const account = object(members);
const opened = object({ ...members, expiresInSeconds: number, claimedRuns: maybe(number) });

export type Account = Decoded<typeof account>;

interface Kept {
  readonly id: string;
  readonly kind: string;
  readonly name: string | null;
  /** From when on the session is renewed before anything is asked, ms since 1970. */
  readonly until: number;
}

const KEY = 'account';
/** Renewed so long before it runs out. */
const MARGIN_SECONDS = 60;
const listeners = new Set<() => void>();
let kept: Kept | null | undefined;
let me: Account | null = null;

function keep(next: Kept | null): void {
  kept = next;
  write(KEY, next && JSON.stringify(next));
  for (const listener of listeners) listener();
}

/** Whose session this browser has, as far as it remembers. */
export function known(): Kept | null {
  if (kept !== undefined) return kept;
  try {
    const found = JSON.parse(read(KEY) ?? 'null') as Partial<Kept> | null;
    kept = typeof found?.id === 'string' && typeof found.kind === 'string' && typeof found.until === 'number'
      ? { id: found.id, kind: found.kind, name: found.name ?? null, until: found.until } : null;
  } catch {
    kept = null;
  }
  return kept;
}

export const isGuest = (who: { kind: string } | null) => who === null || who.kind === 'guest';

function enter({ expiresInSeconds, ...found }: Decoded<typeof opened>): Account {
  me = found;
  keep({ id: found.id, kind: found.kind, name: found.name, until: Date.now() + (expiresInSeconds - MARGIN_SECONDS) * 1000 });
  return found;
}

export function forget(): void {
  me = null;
  keep(null);
}

/** What the account page changed. */
export function update(next: Account): void {
  me = next;
  const now = known();
  if (now) keep({ ...now, name: next.name });
}

const open = (path: string, body: object) => post(`${BASE}/auth/${path}`, { ...body, session: 'cookie' }, opened, newKey());

let renewing: Promise<void> | null = null;

/** The session again for a while; what cannot be renewed is over. */
function renew(): Promise<void> {
  renewing ??= open('refresh', {}).then(
    (found) => { enter(found); },
    (error: unknown) => { if (error instanceof ApiProblem && error.status === 401) forget(); else throw error; },
  ).finally(() => { renewing = null; });
  return renewing;
}

/** Another tab may have renewed it meanwhile. */
function isStale(): boolean {
  const now = known();
  if (!now || Date.now() < now.until) return false;
  kept = undefined;
  return Date.now() >= (known()?.until ?? Infinity);
}

renewBefore(() => (isStale() ? renew().catch(() => { /* What is asked next says why. */ }) : null));

let opening: Promise<Kept> | null = null;

/** Somebody to play as: the one signed in, or a guest, who is opened when there is none. */
function somebody(): Promise<Kept> {
  const now = known();
  if (now) return Promise.resolve(now);
  opening ??= open('guest', {}).then((found) => {
    enter(found);
    return known() as Kept;
  }).finally(() => { opening = null; });
  return opening;
}

/** A command as whoever plays here. A session that has ended is replaced once where a guest had it. */
export async function asPlayer<T>(action: () => Promise<T>): Promise<T> {
  const who = await somebody();
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
    await renew();
    if (!known() && who.kind !== 'guest') throw error;
    await somebody();
    return action();
  }
}

export const signIn = async (email: string, password: string) => enter(await open('login', { email, password }));

/** A guest becomes the account, and keeps what was played: how many runs that are. */
export async function signUp(email: string, password: string, name: string): Promise<number> {
  const found = await open('register', { email, password, name });
  enter(found);
  return found.claimedRuns ?? 0;
}

export async function signOut(): Promise<void> {
  await post(`${BASE}/auth/logout`, {}, object({}), newKey());
  forget();
}

export async function closeAccount(): Promise<void> {
  await remove(`${BASE}/auth/me`);
  forget();
}

let asking: Promise<void> | null = null;

async function ask(): Promise<void> {
  try {
    me = await get(`${BASE}/auth/me`, account);
    for (const listener of listeners) listener();
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) return;
    await renew().catch(() => { /* The server is away; the session may go on. */ });
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Who is here, at once as far as it is remembered. */
export const useKnown = () => useSyncExternalStore(subscribe, known, () => null);

/** The account with its rights; null until the server has said them, or when nobody is here. */
export function useAccount(): Account | null {
  const who = useKnown();
  const found = useSyncExternalStore(subscribe, () => me, () => null);
  useEffect(() => {
    if (who && !me) asking ??= ask().finally(() => { asking = null; });
  }, [who]);
  return found;
}
