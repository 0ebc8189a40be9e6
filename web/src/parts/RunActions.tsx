/** What can be done with a run as a whole: go on from an earlier lap as a new run, or give up. */
import { useState } from 'react';
import { BASE, newKey, post } from '../lib/api';
import { asPlayer } from '../lib/session';
import { ApiProblem, malformed } from '../lib/problem';
import { navigate } from '../lib/router';
import { outcome } from '../model/simulation';
import type { Run } from '../model/simulation';
import { ProblemBox } from './States';

export function RunActions({ run, abandon }: { run: Run; abandon?: () => void }) {
  const first = run.startLap + 1;
  const last = Math.min(run.lap, run.laps - 1);
  const [lap, setLap] = useState(last);
  const [isAsking, setIsAsking] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const fork = async () => {
    setProblem(null);
    try {
      const forked = await asPlayer(() => post(`${BASE}/simulate/${run.id}/fork`, { lap }, outcome, newKey()));
      navigate(`/run/${forked.id}`);
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error : malformed(error));
    }
  };
  const mayFork = last >= first;
  if (!mayFork && !abandon) return null;
  return (
    <section className="pane noprint" aria-labelledby="actions">
      <h2 id="actions">This run</h2>
      {mayFork && <div className="row end">
        <label className="field">Go on from lap
          <input type="number" min={first} max={last} value={lap} onChange={(event) => setLap(Math.max(first, Math.min(last, Number(event.target.value) || first)))} />
        </label>
        <button type="button" onClick={() => void fork()}>Fork as a new run</button>
      </div>}
      {mayFork && <p className="quiet small">A fork is practice and names the run it comes from. What was decided before that lap stays.</p>}
      {abandon && (isAsking
        ? <p className="row">Give up without a score? <button type="button" onClick={abandon}>Give up</button><button type="button" onClick={() => setIsAsking(false)}>Go on</button></p>
        : <p><button type="button" onClick={() => setIsAsking(true)}>Give up…</button></p>)}
      {problem && <ProblemBox problem={problem} retry={() => void fork()} />}
    </section>
  );
}
