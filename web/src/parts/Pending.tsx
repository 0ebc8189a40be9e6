import { useEffect } from 'react';
import { listed, plural } from '../lib/format';

const AGAIN_MILLISECONDS = 4000;

/** Races that the server is still computing; asks again by itself until they are there. */
export function Pending({ pending, retry }: { pending: readonly string[]; retry: () => void }) {
  const isWaiting = pending.length > 0;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(retry, AGAIN_MILLISECONDS);
    return () => clearInterval(timer);
  }, [isWaiting, retry]);
  if (!isWaiting) return null;
  return <p className="banner" role="status">Still being computed: {pending.length > 5 ? plural(pending.length, 'race') : listed(pending)}. They appear by themselves.</p>;
}
