/** Everything that goes to the server and comes back. */
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { Decoder } from './decode';
import { ApiProblem, malformed, problemOf, unreachable } from './problem';

export const BASE = '/api/v1';

/** What is known of an address. */
export interface Answer<T> {
  readonly value: T | null;
  readonly problem: ApiProblem | null;
  readonly isLoading: boolean;
  /** When the value came, in ms since 1970. */
  readonly at: number;
}

interface Entry {
  answer: Answer<unknown>;
  running: Promise<void> | null;
}

const UNKNOWN: Answer<never> = { value: null, problem: null, isLoading: true, at: 0 };
const FRESH_MILLISECONDS = 5000;
const KEPT = 40;
const entries = new Map<string, Entry>();
const listeners = new Set<() => void>();

function entry(url: string): Entry {
  let found = entries.get(url);
  if (!found) {
    found = { answer: UNKNOWN, running: null };
    entries.set(url, found);
    if (entries.size > KEPT) forgetOldest();
  }
  return found;
}

function forgetOldest(): void {
  for (const [url, { running }] of entries) {
    if (entries.size <= KEPT) return;
    if (!running) entries.delete(url);
  }
}

function publish(found: Entry, answer: Answer<unknown>): void {
  found.answer = answer;
  for (const listener of listeners) listener();
}

/** Loads an address; two who ask at once share one request. */
export function load<T>(url: string, decoder: Decoder<T>, also?: number): Promise<void> {
  const found = entry(url);
  found.running ??= fetchInto(found, url, decoder, also).finally(() => { found.running = null; });
  return found.running;
}

async function fetchInto<T>(found: Entry, url: string, decoder: Decoder<T>, also?: number): Promise<void> {
  if (!found.answer.isLoading) publish(found, { ...found.answer, isLoading: true });
  try {
    publish(found, { value: await get(url, decoder, also), problem: null, isLoading: false, at: Date.now() });
  } catch (error) {
    const problem = error instanceof ApiProblem ? error : malformed(error);
    publish(found, { ...found.answer, problem, isLoading: false });
  }
}

/**
 * What an address says, once. As plain as can be, so that the document's preload is used; the browser's own cache
 * revalidates with the ETag, and a 304 arrives here as the body that it stands for. `also` is a status whose body is
 * an answer too.
 */
export async function get<T>(url: string, decoder: Decoder<T>, also?: number): Promise<T> {
  const response = await reach(url, {});
  if (!response.ok && response.status !== also) throw await problemOf(response);
  return decoded(response, decoder);
}

/** How to ask again for what is on the page. */
const shown = new Set<() => void>();

let behind = 0;

function noteBehind(response: Response): void {
  const said = response.headers.get('Events-Behind');
  if (said === null || Number(said) === behind) return;
  const hasCaughtUp = Number(said) === 0;
  behind = Number(said);
  for (const listener of listeners) listener();
  if (hasCaughtUp) for (const again of shown) again();
}

/** How many events of the log the server's answers do not know yet. */
export const useBehind = () => useSyncExternalStore(subscribe, () => behind, () => 0);

let renewal: () => Promise<void> | null = () => null;

/** Asked before each request: whether the session has to be renewed first. */
export function renewBefore(check: () => Promise<void> | null): void {
  renewal = check;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  if (!url.endsWith('/auth/refresh')) await renewal();
  try {
    const response = await fetch(url, init);
    noteBehind(response);
    return response;
  } catch {
    throw unreachable();
  }
}

async function decoded<T>(response: Response, decoder: Decoder<T>): Promise<T> {
  let body: unknown;
  try {
    body = await response.json();
  } catch (error) {
    throw malformed(error);
  }
  try {
    return decoder(body, '');
  } catch (error) {
    throw malformed(error);
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What an address says; loads it when it is first asked for and when it is no longer fresh. A null address is none. */
export function useAnswer<T>(url: string | null, decoder: Decoder<T>, also?: number): Answer<T> & { retry: () => void } {
  const answer = useSyncExternalStore(
    subscribe, () => (url === null ? UNKNOWN : entry(url).answer), () => UNKNOWN) as Answer<T>;
  useEffect(() => {
    if (url === null || Date.now() - entry(url).answer.at < FRESH_MILLISECONDS) return;
    void load(url, decoder, also);
  }, [url, decoder, also]);
  const retry = useCallback(() => { if (url !== null) void load(url, decoder, also); }, [url, decoder, also]);
  useEffect(() => {
    shown.add(retry);
    return () => { shown.delete(retry); };
  }, [retry]);
  return { ...answer, retry };
}

/** Nothing that was loaded is of whoever is here now. */
export function forgetAnswers(): void {
  entries.clear();
  for (const listener of listeners) listener();
}

/** Sends a command. The key is made by the caller before the first try, so that a retry is the same command. */
export async function post<T>(url: string, body: unknown, decoder: Decoder<T>, key: string): Promise<T> {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key };
  const response = await reach(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw await problemOf(response);
  return decoded(response, decoder);
}

export async function remove(url: string): Promise<void> {
  const response = await reach(url, { method: 'DELETE', headers: { 'Content-Type': 'application/json' } });
  if (!response.ok) throw await problemOf(response);
}

/** A text document as it is; null when there is nothing at the address. */
export async function fetchText(url: string): Promise<string | null> {
  const response = await reach(url, {});
  if (response.status === 404) {
    // A body that is not read keeps the connection.
    await response.body?.cancel();
    return null;
  }
  if (!response.ok) throw await problemOf(response);
  return response.text();
}

export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
