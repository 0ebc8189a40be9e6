import { useEffect } from 'react';
import { BASE, get, useBehind } from '../lib/api';
import { number, object } from '../lib/decode';
import { plural } from '../lib/format';
import { Banner } from './States';

const POLL_MILLISECONDS = 2000;
const position = object({ position: number });

/** The server has not read the whole log yet; goes away by itself, and what is on the page is asked for again. */
export function Behind() {
  const behind = useBehind();
  useEffect(() => {
    if (behind === 0) return;
    // A refusal or silence changes nothing: the next one asks again.
    const timer = setInterval(() => { get(`${BASE}/stats`, position).catch(() => undefined); }, POLL_MILLISECONDS);
    return () => clearInterval(timer);
  }, [behind]);
  return behind === 0 ? null : <Banner><span role="status">What you see is {plural(behind, 'event')} behind the log; the server is catching up.</span></Banner>;
}
