/** For operators: everything shown, built again from the log beside what serves, with its progress. */
import { useEffect, useState } from 'react';
import { BASE, get, newKey, post } from '../lib/api';
import { maybe, number, object, text } from '../lib/decode';
import type { Decoded } from '../lib/decode';
import { count, moment } from '../lib/format';
import { ApiProblem, malformed } from '../lib/problem';
import { ProblemBox } from './States';

const members = {
  id: text, state: text, done: maybe(number), total: maybe(number), message: maybe(text), startedAt: maybe(text), finishedAt: maybe(text),
};
const job = object(members);
const started = object({ job });

type Job = Decoded<typeof job>;

const problemFrom = (error: unknown) => (error instanceof ApiProblem ? error : malformed(error));

const POLL_MILLISECONDS = 1000;
const isOver = ({ state }: Job) => state === 'done' || state === 'failed';

export function Rebuild() {
  const [shown, setShown] = useState<Job | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [key, setKey] = useState(newKey);
  const start = () => {
    setProblem(null);
    post(`${BASE}/replay`, {}, started, key).then(({ job: first }) => { setShown(first); setKey(newKey()); }, (error: unknown) => setProblem(problemFrom(error)));
  };
  const id = shown && !isOver(shown) ? shown.id : null;
  useEffect(() => {
    if (id === null) return;
    const timer = setInterval(() => { get(`${BASE}/jobs/${id}`, job).then(setShown, (error: unknown) => setProblem(problemFrom(error))); }, POLL_MILLISECONDS);
    return () => clearInterval(timer);
  }, [id]);
  return (
    <section className="pane" aria-labelledby="rebuild">
      <h2 id="rebuild">Rebuild</h2>
      <p>Reads the whole log again, beside what serves, and compares the two. Nothing changes for anybody meanwhile.</p>
      <p><button type="button" disabled={id !== null} onClick={start}>{id === null ? 'Rebuild' : 'Rebuilding…'}</button></p>
      {problem && <ProblemBox problem={problem} retry={start} />}
      {shown && <Progress of={shown} />}
    </section>
  );
}

function Progress({ of: { state, done, total, message, finishedAt } }: { of: Job }) {
  return (
    <div role="status">
      {state === 'running' && total !== null && total > 0 && <progress max={total} value={done ?? 0} aria-label="Events read again" />}
      <p>
        {state === 'queued' ? 'Waiting for its turn.' : state === 'running' ? `${count(done ?? 0)} of ${count(total ?? 0)} events.` : state === 'done' ? 'Done.' : 'It failed.'}
        {finishedAt && ` ${moment(finishedAt)}.`}
      </p>
      {message && <p className={state === 'failed' ? 'bad' : ''}>{message}</p>}
    </div>
  );
}
