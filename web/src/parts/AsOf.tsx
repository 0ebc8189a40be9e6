/** What was said at an earlier event of the log: a slider that asks when the hand rests, and the way back to now. */
import { useEffect, useRef, useState } from 'react';
import { count, moment } from '../lib/format';
import { useKeys } from '../lib/keys';
import { useQueryValue, wholeNumber } from '../lib/router';

const REST_MILLISECONDS = 300;
const LAST = 2 ** 50;

const isEvent = wholeNumber(1, LAST);

/** An event's number, or a time to the second in UTC. */
export const moments = (text: string): string | null =>
  isEvent(text) !== null || /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/.test(text) ? text : null;

/** The event or time that the address names as `at`; empty is now. */
export const useAsOf = () => useQueryValue('at', moments, '');

/** With the member that asks the API for it; times as it wants them. */
export const asOf = (url: string, at: string): string => (at ? `${url}${url.includes('?') ? '&' : '?'}asOf=${encodeURIComponent(asOfValue(at))}` : url);

export const asOfValue = (at: string): string => (at.endsWith('Z') ? `${at.slice(0, -1)}${at.length === 17 ? ':00' : ''}.000000Z` : at);

/** The newest event is not known at first; the slider has its place already. */
export function AsOf({ newest: known }: { newest: number | null }) {
  const [at, setAt] = useAsOf();
  const event = Number(at) || 0;
  const newest = known ?? Math.max(event, 1);
  const [moved, setMoved] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  const shown = moved ?? (event || newest);
  const move = (next: number) => {
    setMoved(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setMoved(null);
      setAt(next >= newest ? null : String(next), 'replace');
    }, REST_MILLISECONDS);
  };
  const step = Math.max(1, Math.round(newest / 100));
  useKeys([
    { key: 'ArrowLeft', what: 'As of an earlier event', run: () => { if (known !== null) move(Math.max(1, shown - step)); } },
    { key: 'ArrowRight', what: 'As of a later event', run: () => { if (known !== null) move(Math.min(newest, shown + step)); } },
  ]);
  return (
    <div className="pane noprint">
      <label className="field">{known === null ? 'As of event …' : `As of event ${count(shown)} of ${count(newest)}`}
        <input type="range" disabled={known === null} min={1} max={newest} step={step} value={Math.min(shown, newest)} onChange={(change) => move(Number(change.target.value))} />
      </label>
      <label className="field">Or of a time, UTC
        <input type="datetime-local" step={1} value={at.endsWith('Z') ? at.slice(0, -1) : ''} onChange={(change) => setAt(change.target.value ? `${change.target.value}Z` : null, 'replace')} />
      </label>
      {at && (
        <p className="banner"><span>You see what was known as of {event ? `event ${count(event)}` : moment(at)}.</span><button type="button" onClick={() => setAt(null)}>Now</button></p>
      )}
    </div>
  );
}
