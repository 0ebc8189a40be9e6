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
export function load<T>(url: string, decoder: Decoder<T>, token: string | null = null): Promise<void> {
  const found = entry(url);
  found.running ??= fetchInto(found, url, decoder, token).finally(() => { found.running = null; });
  return found.running;
}

async function fetchInto<T>(found: Entry, url: string, decoder: Decoder<T>, token: string | null): Promise<void> {
  if (!found.answer.isLoading) publish(found, { ...found.answer, isLoading: true });
  try {
    // Without a token as plain as can be, so that the document's preload is used.
    const headers: Record<string, string> = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    // The browser's own cache revalidates with the ETag: a 304 arrives here as the body that it stands for.
    const response = await reach(url, { headers });
    if (!response.ok) throw await problemOf(response);
    publish(found, { value: await decoded(response, decoder), problem: null, isLoading: false, at: Date.now() });
  } catch (error) {
    const problem = error instanceof ApiProblem ? error : malformed(error);
    publish(found, { ...found.answer, problem, isLoading: false });
  }
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
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
export function useAnswer<T>(
  url: string | null, decoder: Decoder<T>, token: string | null = null,
): Answer<T> & { retry: () => void } {
  const answer = useSyncExternalStore(
    subscribe, () => (url === null ? UNKNOWN : entry(url).answer), () => UNKNOWN) as Answer<T>;
  useEffect(() => {
    if (url === null || Date.now() - entry(url).answer.at < FRESH_MILLISECONDS) return;
    void load(url, decoder, token);
  }, [url, decoder, token]);
  const retry = useCallback(() => { if (url !== null) void load(url, decoder, token); }, [url, decoder, token]);
  return { ...answer, retry };
}

/** Sends a command. The key is made by the caller before the first try, so that a retry is the same command. */
export async function post<T>(
  url: string, body: unknown, decoder: Decoder<T>, key: string, token: string | null,
): Promise<T> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json', 'Idempotency-Key': key };
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await reach(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw await problemOf(response);
  return decoded(response, decoder);
}

/** A text document as it is; null when there is nothing at the address. */
export async function fetchText(url: string, token: string | null = null): Promise<string | null> {
  const response = await reach(url, token ? { headers: { Authorization: `Bearer ${token}` } } : {});
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
