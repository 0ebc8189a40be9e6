/** A run that goes on: what is known, what can be called, what was written down. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { newKey } from '../lib/api';
import { useKeys } from '../lib/keys';
import type { Play } from '../lib/usePlay';
import { called, drive, interruptionText, isNeutralised, isPossible, lapLine, mustChoose } from '../model/play';
import type { Call } from '../model/play';
import type { Run } from '../model/simulation';
import { decided } from '../model/simulation';
import { RejoinStrip } from '../charts/RejoinStrip';
import { RaceSoFar } from './RaceSoFar';
import { Tower } from './Tower';
import { DecisionLog } from './DecisionLog';
import { Hud } from './Hud';
import { CallButtons } from './CallButtons';
import { RunActions } from './RunActions';
import { SafetyCarBoard } from './SafetyCarBoard';
import { StopRules, useStopRules } from './StopRules';
import { ProblemBox } from './States';
import { plural } from '../lib/format';

const SPEEDS = [1, 4, 16] as const;
const REST_MILLISECONDS = 350;

export function PitWall({ play, run }: { play: Play; run: Run }) {
  const { problem, interruption, waiting, goal, send, retry } = play;
  const [call, setCall] = useState<Call | null>(null);
  const [speed, setSpeed] = useState<number>(1);
  const [isRunning, setIsRunning] = useState(false);
  const [answeredUntil, setAnsweredUntil] = useState(0);
  const [seen, setSeen] = useState(interruption);
  const rules = useStopRules(run);
  const next = run.next;
  const isFlagged = next !== null && isNeutralised(next.trackStatus);
  const isAsked = isFlagged && next.lap > answeredUntil && next.decided === null;
  const isBlocked = mustChoose(run, call);

  const go = useCallback((laps: number, now: Call | null = call, stopOn: readonly string[] = []) => {
    // A call waits for the lap before it to be acknowledged, and nothing is sent beyond the flag.
    if (mustChoose(run, now) || (now && waiting > 0) || (goal ?? 0) >= run.laps) return false;
    const isSent = send(drive(run, now, (goal ?? run.lap) + laps, newKey, stopOn));
    if (isSent) setCall(null);
    return isSent;
  }, [call, goal, run, send, waiting]);

  const choose = (wanted: Call) => {
    if (!next || !isPossible(wanted, next) || next.decided) return;
    setCall((now) => called(now, wanted));
  };

  // Running on: the next step begins when the last one is acknowledged, and stops by itself when something happens.
  const step = useRef(() => { /* set below */ });
  useEffect(() => { step.current = () => { if (!go(rules.room(speed), call, rules.signals)) setIsRunning(false); }; });
  const stops = isAsked || isBlocked || problem !== null || (interruption !== null && interruption !== seen) || rules.isReached;
  useEffect(() => {
    if (!isRunning || waiting > 0) return;
    const timer = setTimeout(() => { if (stops) setIsRunning(false); else step.current(); }, stops ? 0 : REST_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [isRunning, waiting, stops]);

  const runOn = () => {
    setSeen(interruption);
    rules.passReached();
    setIsRunning((now) => !now && !isAsked && !isBlocked);
  };
  const nextLap = () => { if (!isAsked && !isRunning) go(1); };
  const faster = (by: number) => setSpeed(SPEEDS[Math.max(0, Math.min(2, SPEEDS.indexOf(speed as 1) + by))] ?? 1);
  const tyre = (letter: string, compound: string) => ({ key: letter, what: `Call ${compound.toLowerCase()}, again to take it back`, run: () => choose({ kind: 'pit', compound }) });
  const pace = (key: string, name: string) => ({ key, what: `Pace: ${name}`, run: () => choose({ kind: 'pace', pace: name }) });
  useKeys([
    { key: ' ', what: 'Next lap', run: nextLap },
    { key: 'a', what: 'Run on or pause', run: runOn },
    { key: '+', what: 'Run on in larger steps', run: () => faster(1) }, { key: '-', what: 'Run on in smaller steps', run: () => faster(-1) },
    tyre('s', 'SOFT'), tyre('m', 'MEDIUM'), tyre('h', 'HARD'), tyre('i', 'INTERMEDIATE'), tyre('w', 'WET'),
    { key: 'l', what: 'Log: what was written down', run: () => document.getElementById('log')?.focus() },
    pace('1', 'save'), pace('2', 'normal'), pace('3', 'push'),
  ]);
  const stay = () => {
    if (!next || !go(1, { kind: 'stay' })) return;
    setAnsweredUntil(next.lap + 3);
  };
  return (
    <>
      <p className="hidden" role="status">{isRunning ? '' : lapLine(run)}</p>
      {problem && <ProblemBox problem={problem} retry={retry} />}
      {problem?.isPassing && waiting > 0 && <p className="quiet">Paused. {plural(waiting, 'command')} not acknowledged yet; nothing is lost, “Try again” sends the same.</p>}
      <Hud run={run} />
      {isAsked && next && (
        <SafetyCarBoard
          key={next.lap} next={next} call={call} choose={choose} stay={stay} box={() => go(1)}
          later={() => { if (go(1, null)) setAnsweredUntil(next.lap); }}
        />
      )}
      {!isAsked && interruption && <div className="banner"><span>{interruptionText(interruption)}</span></div>}
      {isBlocked && !isAsked && <div className="banner" role="alert">You cannot stay out on lap {next?.lap}: call a tyre{next && next.paces.length > 0 && next.compounds.length === 0 ? ' or save' : ''}.</div>}
      <div className="two">
        <div>
          {next && !isAsked && <CallButtons next={next} call={call} choose={choose} />}
          <div className="stick">
            <div className="row">
              <button type="button" className="primary" onClick={nextLap} disabled={isAsked || isBlocked || isRunning}>
                {call ? `${decided({ kind: call.kind, compound: call.kind === 'pit' ? call.compound : null, pace: call.kind === 'pace' ? call.pace : null })}, lap ${next?.lap}` : next ? 'Next lap' : 'To the score sheet'}<kbd>Space</kbd>
              </button>
              <button type="button" aria-pressed={isRunning} disabled={isAsked || isBlocked} onClick={runOn}>{isRunning ? 'Pause' : 'Run on'}<kbd>a</kbd></button>
              <button type="button" onClick={() => setSpeed(SPEEDS[(SPEEDS.indexOf(speed as 1) + 1) % 3] ?? 1)}>{plural(speed, 'lap')} a step<kbd>+ −</kbd></button>
              <span className="quiet small" aria-hidden="true">{waiting > 0 ? '● sending' : ''}</span>
            </div>
          </div>
          <StopRules rules={rules} run={run} />
          {next?.boxNow && next.rejoins && <RejoinStrip rejoin={next.boxNow} rejoins={next.rejoins} place={run.place} status={next.trackStatus} file={`run-${run.id}`} />}
          <DecisionLog run={run} />
        </div>
        <div>
          <Tower run={run} />
          <RunActions key={run.lap} run={run} abandon={() => send([{ path: 'abandon', body: {}, key: newKey() }])} />
        </div>
      </div>
      <RaceSoFar run={run} />
    </>
  );
}
