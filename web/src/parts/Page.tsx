/** The head of every page: title of the document, the h1 that takes the focus, the address of its data. */
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

let isFirst = true;

export function Title({ children, title }: { children: ReactNode; title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · BlameEngine`;
    if (isFirst) {
      isFirst = false;
      return;
    }
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
