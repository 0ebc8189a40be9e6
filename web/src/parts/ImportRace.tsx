/** For operators: a race brought in by the server, with its steps. */
import { useEffect, useState } from 'react';
import { BASE, get, newKey, post, remove } from '../lib/api';
import { capital } from '../lib/format';
import { ApiProblem, malformed } from '../lib/problem';
import { useAccount } from '../lib/session';
import { isOver, job, queued } from '../model/job';
import type { Job } from '../model/job';
import { ProblemBox } from './States';

const POLL_MILLISECONDS = 1000;
const problemFrom = (error: unknown) => (error instanceof ApiProblem ? error : malformed(error));

/** Nothing for those who may not. `done` is called when the race is here. */
export function ImportRace({ year, gp, done }: { year: string; gp: string; done: () => void }) {
  const isOperator = useAccount()?.isOperator ?? false;
  return isOperator ? <Steps key={`${year}/${gp}`} year={year} gp={gp} done={done} /> : null;
}

function Steps({ year, gp, done }: { year: string; gp: string; done: () => void }) {
  const [shown, setShown] = useState<Job | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [key, setKey] = useState(newKey);
  const running = shown !== null && !isOver(shown) ? shown.id : null;
  const start = () => {
    setProblem(null);
    post(`${BASE}/races/${encodeURIComponent(year)}/${encodeURIComponent(gp)}/import`, {}, queued, key).then(
      (answer) => { setShown(answer.job); setKey(newKey()); }, (error: unknown) => setProblem(problemFrom(error)));
  };
  useEffect(() => {
    if (running === null) return;
    const timer = setInterval(() => {
      get(`${BASE}/jobs/${running}`, job).then((next) => {
        setShown(next);
        setProblem(null);
        if (next.state === 'done') done();
      }, (error: unknown) => setProblem(problemFrom(error)));
    }, POLL_MILLISECONDS);
    return () => clearInterval(timer);
  }, [running, done]);
  const cancel = () => { if (running) remove(`${BASE}/jobs/${running}`).catch((error: unknown) => setProblem(problemFrom(error))); };
  return (
    <section className="pane" aria-label="Import">
      <p className="row">
        <button type="button" className="primary" disabled={running !== null} onClick={start}>{running === null ? `Import ${capital(gp)} ${year}` : 'Importing…'}</button>
        {running !== null && <button type="button" disabled={shown?.cancelling} onClick={cancel}>Cancel</button>}
      </p>
      {problem && <ProblemBox problem={problem} retry={running === null ? start : undefined} />}
      {shown && (
        <div role="status">
          {running !== null && shown.total > 0 && <progress max={shown.total} value={shown.done} aria-label="Steps of the import" />}
          <p className={shown.state === 'failed' ? 'bad' : ''}>{sentence(shown)}</p>
        </div>
      )}
    </section>
  );
}

function sentence({ state, done, total, message, error, attempts }: Job): string {
  switch (state) {
    case 'queued': return attempts > 0 ? `Waiting for the next try: ${error ?? 'the last one came to nothing'}.` : 'Waiting for its turn.';
    case 'running': return `Step ${done} of ${total}${message ? `: ${message}` : ''}.`;
    case 'done': return `Done: ${message ?? 'the race is here'}.`;
    default: return `It failed: ${error ?? 'nobody knows why'}`;
  }
}

/** The same for any race, named by the operator. */
export function ImportAnyRace() {
  const [race, setRace] = useState({ year: '', gp: '' });
  const isNamed = /^\d{4}$/.test(race.year) && /^[a-z0-9-]+$/.test(race.gp);
  return (
    <section className="pane" aria-labelledby="import">
      <h2 id="import">Import a race</h2>
      <div className="row end">
        <label className="field">Season<input inputMode="numeric" autoComplete="off" size={6} value={race.year} onChange={({ target }) => setRace({ ...race, year: target.value.trim() })} /></label>
        <label className="field">Grand Prix<input autoComplete="off" autoCapitalize="none" spellCheck={false} size={14} placeholder="monaco" value={race.gp} onChange={({ target }) => setRace({ ...race, gp: target.value.trim().toLowerCase() })} /></label>
      </div>
      {isNamed ? <Steps key={`${race.year}/${race.gp}`} {...race} done={() => undefined} /> : <p className="quiet">A season and a name as in addresses, such as 2023 and monaco.</p>}
    </section>
  );
}
