/** The head of every page: title of the document, the h1 that takes the focus, the address of its data. */
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

/** The path that was shown last, and the one whose heading has had the focus. */
let shown: string | null = null;
let focused: string | null = null;

export function Title({ children, title }: { children: ReactNode; title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · BlameEngine`;
    const path = window.location.pathname;
    const isNew = shown !== null && shown !== path;
    shown = path;
    // Words that come in later must not take the focus from whoever has begun to use the page.
    if (!isNew && (focused !== path || document.activeElement !== document.body)) return;
    focused = path;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return <h1 ref={heading} tabIndex={-1}>{children}</h1>;
}

/** How to get the same numbers without this page. */
export function Source({ url, csv }: { url: string; csv?: string }) {
  return (
    <p className="quiet small noprint">
      The data of this page: <a href={url}>JSON</a>{csv && <>, <a href={csv}>CSV</a></>}
      {' '}· <code>curl -s {window.location.origin}{url}</code>
    </p>
  );
}

export function Synthetic({ is }: { is: boolean }) {
  return is ? <span className="chip warn">Synthetic sample, not a real race</span> : null;
}
