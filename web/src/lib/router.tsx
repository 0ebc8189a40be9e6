/** Paths to pages and back; the list of paths is shared with the server (`routes.json`). */
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import table from '../routes.json';

export type Parameters = Readonly<Record<string, string>>;

export interface Route {
  readonly page: string;
  readonly title: string;
  readonly parameters: Parameters;
}

/** The page of a path; null when there is none or a segment is not percent-encoded UTF-8. */
export function match(path: string): Route | null {
  const segments = path.split('/').filter(Boolean);
  for (const entry of table) {
    const pattern = entry.path.split('/').filter(Boolean);
    if (pattern.length !== segments.length) continue;
    const parameters = fit(pattern, segments);
    if (parameters) return { page: entry.page, title: entry.title, parameters };
  }
  return null;
}

function fit(pattern: readonly string[], segments: readonly string[]): Parameters | null {
  const parameters: Record<string, string> = {};
  for (const [index, wanted] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (!wanted.startsWith(':')) {
      if (wanted !== segment) return null;
      continue;
    }
    try {
      parameters[wanted.slice(1)] = decodeURIComponent(segment);
    } catch {
      return null;
    }
  }
  return parameters;
}

/** A path of segments, each percent-encoded: `to('autopsy', 2023, 'monaco')`. */
export function to(...segments: (string | number)[]): string {
  return `/${segments.map((segment) => encodeURIComponent(segment)).join('/')}`;
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

export function navigate(url: string, how: 'push' | 'replace' = 'push'): void {
  const before = window.location.pathname;
  if (how === 'push') window.history.pushState(null, '', url);
  else window.history.replaceState(null, '', url);
  for (const listener of listeners) listener();
  // Back and Forward are left to the browser, which knows where the reader was.
  if (window.location.pathname !== before) window.scrollTo(0, 0);
}

const href = () => window.location.pathname + window.location.search;

/** The address without its fragment; a component that calls it is drawn again when that changes. */
export function useAddress(): { path: string; query: URLSearchParams } {
  const address = useSyncExternalStore(subscribe, href, () => '/');
  return useMemo(() => {
    const [path = '/', query = ''] = address.split('?', 2);
    return { path, query: new URLSearchParams(query) };
  }, [address]);
}

/** One member of the query, checked: what `check` refuses is the fallback. */
export function useQueryValue<T>(
  name: string, check: (text: string) => T | null, fallback: T,
): [T, (value: T | null, how?: 'push' | 'replace') => void] {
  const { query } = useAddress();
  const found = query.get(name);
  const value = (found === null ? null : check(found)) ?? fallback;
  const set = useCallback((next: T | null, how: 'push' | 'replace' = 'push') => {
    const params = new URLSearchParams(window.location.search);
    if (next === null || next === fallback) params.delete(name);
    else params.set(name, String(next));
    const rest = params.toString();
    navigate(window.location.pathname + (rest ? `?${rest}` : ''), how);
  }, [name, fallback]);
  return [value, set];
}

export const oneOf = <W extends string>(known: readonly W[]) => (text: string): W | null =>
  (known as readonly string[]).includes(text) ? (text as W) : null;

export const wholeNumber = (low: number, high: number) => (text: string): number | null => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  return value >= low && value <= high ? value : null;
};

/** A link that changes the page without loading it again. */
export function Link({ href: target, onClick, children, ...rest }:
  AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(target);
  };
  return <a {...rest} href={target} onClick={follow}>{children}</a>;
}
