/** Single keys: never in inputs, never with modifiers, and off when the reader wants them off. */
import { useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { read, write } from './memory';

export interface KeyBinding {
  readonly key: string;
  readonly what: string;
  readonly run: () => void;
}

const SETTING = 'keys';
const REPEAT_MILLISECONDS = 125;
const listeners = new Set<() => void>();

export const keysAreOn = () => read(SETTING) !== 'off';

export function setKeys(isOn: boolean): void {
  write(SETTING, isOn ? 'on' : 'off');
  for (const listener of listeners) listener();
}

export function useKeysAreOn(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, keysAreOn, () => true);
}

/** The focus is where letters are text, or where a key has a meaning of its own. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return true;
  const target = event.target as HTMLElement | null;
  if (!target?.closest) return false;
  if (target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog')) {
    return event.key !== 'Escape';
  }
  if (event.key === ' ' || event.key === 'Enter') return target.closest('button, a, summary, [role=button], input') !== null;
  const isArrow = event.key.startsWith('Arrow') || /^(Home|End|Page)/.test(event.key);
  return isArrow && target.closest('[role=slider], [role=grid], [role=tablist], [role=listbox], .rows') !== null;
}

const bound: KeyBinding[][] = [];

/** What the page understands now, for the list that `?` opens. */
export const boundKeys = (): readonly KeyBinding[] => bound.flat();

/**
 * Binds keys while the component is shown. Keys of one character obey the reader's setting. What can be seen can be
 * pressed: the keys are there, and mean what is shown, before the browser paints.
 */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const latest = useRef(bindings);
  useLayoutEffect(() => { latest.current = bindings; });
  useLayoutEffect(() => {
    const shown = latest.current.map((binding) => ({ ...binding }));
    bound.push(shown);
    let last = 0;
    const press = (event: KeyboardEvent) => {
      if (isTaken(event)) return;
      const binding = latest.current.find(({ key }) => key === event.key);
      if (!binding || (event.key.length === 1 && event.key !== ' ' && !keysAreOn())) return;
      event.preventDefault();
      if (event.repeat && event.timeStamp - last < REPEAT_MILLISECONDS) return;
      last = event.timeStamp;
      binding.run();
    };
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', press);
      bound.splice(bound.indexOf(shown), 1);
    };
  }, []);
}
