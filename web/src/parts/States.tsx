/** Loading, empty, refused, stale: one form each, the same on every page. */
import { Component, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { ApiProblem } from '../lib/problem';
import type { Answer } from '../lib/api';
import { Link } from '../lib/router';
import { plural } from '../lib/format';

/** A place of the size of what will come, so that nothing jumps. */
export function Loading({ what, height = '95vh' }: { what: string; height?: number | string }) {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), 10_000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="bones pane" style={{ minHeight: height }}>
      <p role="status" className="quiet">Loading {what}…{isLong ? ' This takes longer than usual; the server may be computing it for the first time.' : ''}</p>
    </div>
  );
}

export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return <section className="pane"><h2>{title}</h2>{children}</section>;
}

export function ProblemBox({ problem, retry }: { problem: ApiProblem; retry?: (() => void) | undefined }) {
  return (
    <section className="alert" role="alert">
      <h2>{problem.title}</h2>
      <p>{problem.detail}</p>
      {problem.retryAfterSeconds !== null && <p className="quiet">The server asks for {plural(problem.retryAfterSeconds, 'second')} of patience.</p>}
      {problem.request && <p className="quiet small">Request {problem.request}</p>}
      <div className="row">
        {retry && <button type="button" className="primary" onClick={retry}>Try again</button>}
        {problem.status === 401 && <Link className="button primary" href={`/sign-in?next=${encodeURIComponent(window.location.pathname)}`}>Sign in</Link>}
        {problem.status === 404 && <Link className="button" href="/">To the start</Link>}
      </div>
    </section>
  );
}

/** What was loaded, with what is known about its age when the server has gone. */
export function Loaded<T>({ answer, what, height, children }: {
  answer: Answer<T> & { retry: () => void }; what: string; height?: number; children: (value: T) => ReactNode;
}) {
  if (answer.value === null) {
    return answer.problem && !answer.isLoading
      ? <ProblemBox problem={answer.problem} retry={answer.retry} />
      : <Loading what={what} {...(height === undefined ? {} : { height })} />;
  }
  return (
    <>
      {answer.problem && <Stale at={answer.at} problem={answer.problem} retry={answer.retry} />}
      {children(answer.value)}
    </>
  );
}

function Stale({ at, problem, retry }: { at: number; problem: ApiProblem; retry: () => void }) {
  const [now] = useState(() => Date.now());
  const minutes = Math.max(0, Math.round((now - at) / 60_000));
  return (
    <div className="banner" role="alert">
      <span>{problem.title}. What you see is from {minutes === 0 ? 'less than a minute' : plural(minutes, 'minute')} ago.</span>
      <button type="button" onClick={retry}>Try again</button>
    </div>
  );
}

export function Banner({ children }: { children: ReactNode }) {
  return <div className="banner">{children}</div>;
}

/** A page that broke says so; the header stays usable. */
export class Boundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) { return { error }; }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <section className="alert" role="alert">
        <h1 tabIndex={-1}>This page broke</h1>
        <p>{error.message}</p>
        <button type="button" className="primary" onClick={() => window.location.reload()}>Reload</button>
      </section>
    );
  }
}
