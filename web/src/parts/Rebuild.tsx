/** For operators: everything shown, built again from the log beside what serves, with its progress and what differs. */
import { useEffect, useState } from 'react';
import { BASE, get, newKey, post } from '../lib/api';
import { flag, list, maybe, number, object, text } from '../lib/decode';
import type { Decoded } from '../lib/decode';
import { count, moment, plural } from '../lib/format';
import { ApiProblem, malformed } from '../lib/problem';
import { ProblemBox } from './States';

const replay = object({
  id: text, subject: text, state: text, done: number, total: number, message: maybe(text), startedAt: text, finishedAt: maybe(text),
  result: maybe(object({
    live: text, replayed: text, equal: flag, listed: number, usersChanged: number, windows: number,
    windowsChanged: list(object({ season: number, circuit: text })),
  })),
});

type Replay = Decoded<typeof replay>;

const POLL_MILLISECONDS = 1000;
const problemFrom = (error: unknown) => (error instanceof ApiProblem ? error : malformed(error));

export function Rebuild() {
  const [shown, setShown] = useState<Replay | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [key, setKey] = useState(newKey);
  const start = () => {
    setProblem(null);
    post(`${BASE}/replay`, {}, replay, key).then((first) => { setShown(first); setKey(newKey()); }, (error: unknown) => setProblem(problemFrom(error)));
  };
  const id = shown?.state === 'running' ? shown.id : null;
  useEffect(() => {
    if (id === null) return;
    const timer = setInterval(() => {
      get(`${BASE}/replay/${id}`, replay).then((next) => { setShown(next); setProblem(null); }, (error: unknown) => setProblem(problemFrom(error)));
    }, POLL_MILLISECONDS);
    return () => clearInterval(timer);
  }, [id]);
  return (
    <section className="pane" aria-labelledby="rebuild">
      <h2 id="rebuild">Rebuild</h2>
      <p>Reads the whole log again, beside what serves, and compares the two. Nothing changes for anybody meanwhile.</p>
      <p><button type="button" disabled={id !== null} onClick={start}>{id === null ? 'Rebuild' : 'Rebuilding…'}</button></p>
      {problem && <ProblemBox problem={problem} retry={id === null ? start : undefined} />}
      {shown && <Progress of={shown} />}
    </section>
  );
}

function Progress({ of: { state, subject, done, total, message, finishedAt, result } }: { of: Replay }) {
  return (
    <>
      <div role="status">
        {state === 'running' && total > 0 && <progress max={total} value={done} aria-label="Events read again" />}
        <p>{state === 'running' ? `Under ${subject}: ${count(done)} of ${count(total)} events.` : `${state === 'done' ? 'Done' : 'It failed'}${finishedAt ? `, ${moment(finishedAt)}` : ''}.`}</p>
      </div>
      {message && <p className={state === 'failed' ? 'bad' : ''}>{message}</p>}
      {result && (
        <div className={result.equal ? 'ok' : 'alert'}>
          <p><strong>{result.equal ? 'The same.' : 'Not the same.'}</strong> {result.equal ? 'What was built again equals what serves.' : 'What was built again differs from what serves.'}</p>
          <dl>
            <dt>Serving</dt><dd><code>{result.live}</code></dd>
            <dt>Built again</dt><dd><code>{result.replayed}</code></dd>
            <dt>Players</dt><dd>{plural(result.listed, 'player')} listed, {result.usersChanged} otherwise</dd>
            <dt>Windows</dt><dd>{plural(result.windows, 'race')}, {result.windowsChanged.length === 0 ? 'none otherwise' : result.windowsChanged.map(({ season, circuit }) => `${circuit} ${season}`).join(', ')}</dd>
          </dl>
        </div>
      )}
    </>
  );
}
