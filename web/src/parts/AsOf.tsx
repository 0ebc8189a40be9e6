/** What was said at an earlier event of the log: a slider that asks when the hand rests, and the way back to now. */
import { useEffect, useRef, useState } from 'react';
import { count } from '../lib/format';
import { useKeys } from '../lib/keys';
import { useQueryValue, wholeNumber } from '../lib/router';

const REST_MILLISECONDS = 300;
const LAST = 2 ** 50;

/** The event that the address names as `at`; 0 is now. */
export const useAsOf = () => useQueryValue('at', wholeNumber(1, LAST), 0);

/** With the member that asks the API for it. */
export const asOf = (url: string, at: number): string => (at > 0 ? `${url}${url.includes('?') ? '&' : '?'}asOf=${at}` : url);

/** The newest event is not known at first; the slider has its place already. */
export function AsOf({ newest: known }: { newest: number | null }) {
  const [at, setAt] = useAsOf();
  const newest = known ?? Math.max(at, 1);
  const [moved, setMoved] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  const shown = moved ?? (at || newest);
  const move = (next: number) => {
    setMoved(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setMoved(null);
      setAt(next >= newest ? null : next, 'replace');
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
        <input type="range" disabled={known === null} min={1} max={newest} step={step} value={Math.min(shown, newest)} onChange={(event) => move(Number(event.target.value))} />
      </label>
      {at > 0 && (
        <p className="banner"><span>You see what was known as of event {count(at)}.</span><button type="button" onClick={() => setAt(null)}>Now</button></p>
      )}
    </div>
  );
}
