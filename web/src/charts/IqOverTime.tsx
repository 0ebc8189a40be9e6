/** A player's runs in the order played: ranked ones filled, practice hollow. */
import { useState } from 'react';
import type { PlayerRun } from '../model/player';
import { capital, count, plural, seconds } from '../lib/format';
import { linear, path, ticks } from '../lib/scale';
import { Link, to } from '../lib/router';
import { Figure } from './Figure';
import { XAxis, YAxis } from './frame';
import { LapCursor } from './LapCursor';

const iqOf = ({ iqHundredths }: PlayerRun) => (iqHundredths === null ? null : iqHundredths / 100);

/** Best, latest, and how many count. */
export function iqFinding(runs: readonly PlayerRun[]): string {
  const known = runs.filter((run) => iqOf(run) !== null);
  const last = known[known.length - 1];
  if (!last) return 'No run is finished yet.';
  const best = known.reduce((a, b) => ((iqOf(b) ?? 0) > (iqOf(a) ?? 0) ? b : a));
  return `${plural(known.length, 'finished run')}, ${known.filter(({ ranked }) => ranked).length} of them ranked; best ${iqOf(best)?.toFixed(1)}, latest ${iqOf(last)?.toFixed(1)}.`;
}

/** Runs in the order played. */
export function IqOverTime({ runs, file }: { runs: readonly PlayerRun[]; file: string }) {
  const [chosen, setChosen] = useState(runs.length);
  const numbered = runs.map((run, index) => ({ ...run, number: index + 1 }));
  type Row = typeof numbered[number];
  return (
    <Figure<Row>
      title="Strategy IQ, run by run" finding={iqFinding(runs)} rows={numbered} file={file} limit={20}
      columns={[
        { name: 'Run', value: (row) => row.number, show: (row) => <Link href={to('audit', 'run', row.id)}>{row.number}</Link> },
        { name: 'Race', value: (row) => `${row.season} ${capital(row.gp ?? `round ${row.round}`)}`, isText: true },
        { name: 'Car', value: (row) => row.driver, isText: true },
        { name: 'Counts', value: (row) => (row.ranked ? 'ranked' : 'practice'), isText: true },
        { name: 'IQ', value: iqOf, show: (row) => iqOf(row)?.toFixed(1) ?? '–' },
        { name: 'Against the best', value: (row) => row.toOptimumMilliseconds, show: (row) => (row.toOptimumMilliseconds === null ? '–' : seconds(row.toOptimumMilliseconds)) },
        { name: 'Event', value: (row) => row.endedAtPosition, show: (row) => (row.endedAtPosition === null ? '–' : count(row.endedAtPosition)) },
      ]}
      note="Filled: ranked. Hollow: practice. Runs that go on are not shown."
    >
      {(width) => <Drawing width={width} runs={runs} chosen={Math.min(chosen, runs.length)} setChosen={setChosen} />}
    </Figure>
  );
}

function Drawing({ width, runs, chosen, setChosen }: { width: number; runs: readonly PlayerRun[]; chosen: number; setChosen: (run: number) => void }) {
  const [top, bottom, left, right] = [26, 230, 40, width - 16];
  const run = runs[chosen - 1];
  if (!run) return <p className="quiet">There is nothing to draw.</p>;
  const x = linear([0.5, runs.length + 0.5], [left, right]);
  const y = linear([0, 100], [bottom, top]);
  const spoken = `Run ${chosen}: ${iqOf(run)?.toFixed(1) ?? 'none'}, ${run.ranked ? 'ranked' : 'practice'}, ${run.driver} at ${capital(run.gp ?? `round ${run.round}`)} ${run.season}`;
  return (
    <>
      <p className="reading">{spoken}</p>
      <svg viewBox={`0 0 ${width} ${bottom + 38}`} role="group" aria-label="Strategy IQ by run; the button Table shows the numbers.">
        <XAxis scale={x} ticks={ticks(1, runs.length, Math.min(runs.length, width / 80)).filter((tick) => Number.isInteger(tick) && tick >= 1)} y={bottom} top={top} label="run" />
        <YAxis scale={y} ticks={[0, 25, 50, 75, 100]} x={left} right={right} label="Strategy IQ" />
        <g aria-hidden="true">
          <path d={path(runs.map((each, index) => { const iq = iqOf(each); return { x: x(index + 1), y: iq === null ? null : y(iq) }; }))} className="line rest" />
          {runs.map((each, index) => { const iq = iqOf(each); return iq === null ? null : <circle key={each.id} cx={x(index + 1)} cy={y(iq)} r="5" className={`stop ${each.ranked ? '' : 'hollow'}`} />; })}
        </g>
        <LapCursor x={x} top={top} bottom={bottom} lap={chosen} first={1} last={runs.length} setLap={setChosen} text={spoken} label="Strategy IQ, run" />
      </svg>
    </>
  );
}
