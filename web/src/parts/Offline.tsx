import { useSyncExternalStore } from 'react';
import { Banner } from './States';

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

export const useIsOffline = () => useSyncExternalStore(subscribe, () => !navigator.onLine, () => false);

export function Offline() {
  return useIsOffline()
    ? <Banner><span role="status">You are offline. What is on the page stays; playing goes on when the connection is back.</span></Banner>
    : null;
}
