/** Drives a run: one request in flight, the rest in a short queue, and nothing lost when the server goes away. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { BASE, get, post } from './api';
import { ApiProblem, malformed } from './problem';
import { QUEUE_LIMIT, goalOf } from '../model/play';
import type { Command } from '../model/play';
import { outcome, run as runDecoder } from '../model/simulation';
import type { Interruption, Run } from '../model/simulation';

export interface Play {
  readonly run: Run | null;
  readonly problem: ApiProblem | null;
  readonly interruption: Interruption | null;
  /** Commands that are not acknowledged yet. */
  readonly waiting: number;
  /** The lap they lead to; null when they drive nowhere. */
  readonly goal: number | null;
  readonly send: (commands: readonly Command[]) => boolean;
  readonly retry: () => void;
}

export function usePlay(id: string): Play {
  const [run, setRun] = useState<Run | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [interruption, setInterruption] = useState<Interruption | null>(null);
  const [{ waiting, goal }, setQueue] = useState<{ waiting: number; goal: number | null }>({ waiting: 0, goal: null });
  const queue = useRef<Command[]>([]);
  const isBusy = useRef(false);
  const isGone = useRef(false);

  const reload = useCallback(() => get(`${BASE}/simulate/${encodeURIComponent(id)}`, runDecoder).then(
    (found) => { if (!isGone.current) setRun(found); },
    (error: unknown) => { if (!isGone.current) setProblem(error instanceof ApiProblem ? error : malformed(error)); },
  ), [id]);

  const pump = useCallback(async () => {
    if (isBusy.current) return;
    isBusy.current = true;
    try {
      for (let head = queue.current[0]; head && !isGone.current; head = queue.current[0]) {
        const answer = await post(
          `${BASE}/simulate/${encodeURIComponent(id)}/${head.path}`, head.body, outcome, head.key);
        queue.current.shift();
        setRun(answer);
        setInterruption(answer.interruption);
        setProblem(null);
        if (answer.interruption || answer.status !== 'running') queue.current = [];
        setQueue({ waiting: queue.current.length, goal: goalOf(queue.current) });
      }
    } catch (error) {
      const found = error instanceof ApiProblem ? error : malformed(error);
      // What may pass is tried again as it is, with the same key; anything else is settled by what the server holds.
      if (!found.isPassing) {
        queue.current = [];
        await reload();
      }
      setProblem(found);
      setQueue({ waiting: queue.current.length, goal: goalOf(queue.current) });
    } finally {
      isBusy.current = false;
    }
  }, [id, reload]);

  useEffect(() => {
    isGone.current = false;
    void reload();
    return () => { isGone.current = true; };
  }, [reload]);

  const send = useCallback((commands: readonly Command[]) => {
    if (commands.length === 0 || queue.current.length + commands.length > QUEUE_LIMIT) return false;
    queue.current.push(...commands);
    setQueue({ waiting: queue.current.length, goal: goalOf(queue.current) });
    void pump();
    return true;
  }, [pump]);

  const retry = useCallback(() => {
    setProblem(null);
    if (queue.current.length > 0) void pump();
    else void reload();
  }, [pump, reload]);

  return { run, problem, interruption, waiting, goal, send, retry };
}
