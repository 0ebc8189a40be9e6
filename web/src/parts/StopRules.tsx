/** What ends "Run on" beside the flags: chosen beforehand, sent with the laps, kept in this browser. */
import { useState } from 'react';
import { read, write } from '../lib/memory';
import { plural } from '../lib/format';
import { SIGNALS } from '../model/play';
import type { Run } from '../model/simulation';

const SETTING = 'stopOn';

export interface Rules {
  readonly signals: readonly string[];
  /** The lap as it was typed; one that is driven already ends nothing. */
  readonly lap: string;
  /** The lap that was set has just been driven. */
  readonly isReached: boolean;
  /** Laps that may be driven at a time, so that the lap that was set is not driven past. */
  readonly room: (laps: number) => number;
  readonly setLap: (lap: string) => void;
  readonly toggle: (signal: string) => void;
  /** Forgets the lap that was set, once it is driven. */
  readonly passReached: () => void;
}

export function useStopRules(run: Run): Rules {
  const [signals, setSignals] = useState(() => SIGNALS.map(({ name }): string => name).filter((name) => (read(SETTING) ?? '').split(' ').includes(name)));
  const [lap, setLap] = useState('');
  const isReached = run.lap > run.startLap && Number(lap) === run.lap;
  return {
    signals, lap, isReached, setLap,
    room: (laps) => (Number(lap) > run.lap ? Math.min(laps, Number(lap) - run.lap) : laps),
    toggle: (signal) => {
      const next = signals.includes(signal) ? signals.filter((name) => name !== signal) : [...signals, signal];
      write(SETTING, next.join(' '));
      setSignals(next);
    },
    passReached: () => { if (isReached) setLap(''); },
  };
}

export function StopRules({ rules, run }: { rules: Rules; run: Run }) {
  const count = rules.signals.length + (Number(rules.lap) > run.lap ? 1 : 0);
  return (
    <details className="pane">
      <summary>“Run on” stops at every flag{count > 0 && `, and at ${plural(count, 'thing')} more`}</summary>
      <fieldset style={{ border: 0, padding: 0 }}>
        <legend className="quiet small">Stop also when</legend>
        {SIGNALS.map(({ name, words }) => (
          <p key={name}><label><input type="checkbox" checked={rules.signals.includes(name)} onChange={() => rules.toggle(name)} />{words}</label></p>
        ))}
        <label className="field">or at the end of lap
          <input type="number" min={run.lap + 1} max={run.laps - 1} value={rules.lap} onChange={({ target }) => rules.setLap(target.value)} />
        </label>
      </fieldset>
    </details>
  );
}
