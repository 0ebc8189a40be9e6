/** The frame of every page: skip link, header, the page, footer. */
import { Suspense, useEffect, useRef } from 'react';
import { match, navigate, useAddress } from '../lib/router';
import { isTaken, useKeys } from '../lib/keys';
import { Boundary, Loading } from './States';
import { Behind } from './Behind';
import { Footer } from './Footer';
import { Header } from './Header';
import { KeyList } from './KeyList';
import { NotFound } from './NotFound';
import { Offline } from './Offline';
import { pages } from './pages';

const DESTINATIONS: Readonly<Record<string, string>> = {
  a: '/autopsy', s: '/simulator', w: '/optimal', h: '/heatmap', l: '/leaderboard', t: '/teams', u: '/audit',
};

export function Shell() {
  const { path } = useAddress();
  const route = match(path);
  const Page = route ? pages[route.page] : undefined;
  useGoKeys();
  return (
    <>
      <a className="skip" href="#main">Skip to the page</a>
      <Header path={path} />
      <main id="main">
        <Offline />
        <Behind />
        <Boundary key={path}>
          {route && Page
            ? <Suspense fallback={<Loading what="the page" />}><Page key={path} parameters={route.parameters} /></Suspense>
            : <NotFound />}
        </Boundary>
      </main>
      <Footer />
      <KeyList />
    </>
  );
}

/** `g` and then a letter within a second goes to a page. */
function useGoKeys() {
  const pressed = useRef(-Infinity);
  const go = Object.entries(DESTINATIONS).map(([key, target]) => ({ key, target }));
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const target = go.find(({ key }) => key === event.key)?.target;
      if (!target || isTaken(event) || performance.now() - pressed.current > 1000) return;
      pressed.current = -Infinity;
      event.preventDefault();
      event.stopImmediatePropagation();
      navigate(target);
    };
    // Before the page's own letters: after `g` a letter is a destination.
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  });
  useKeys([
    { key: 'g', what: 'Go: then a autopsy, s simulator, w windows, h heatmap, l leaderboard, t teams, u audit', run: () => { pressed.current = performance.now(); } },
  ]);
}
