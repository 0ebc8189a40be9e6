import { clock, plural, seconds, span } from '../lib/format';
import type { Run } from '../model/simulation';
import { flagWord } from '../model/simulation';
import { Tyre } from './Tyre';

/** Where the car is, from laps that are past. */
export function Hud({ run }: { run: Run }) {
  const { next } = run;
  const flag = next ? flagWord(next.trackStatus) : 'the flag';
  return (
    <dl className="tiles" style={{ minHeight: 92 }}>
      <div><dt>Lap</dt><dd>{run.lap} of {run.laps}<small>{next === null ? 'chequered flag' : flag === 'Green' ? 'track green' : `next lap: ${flag}`}</small></dd></div>
      <div><dt>Position</dt><dd>P{run.place ?? '?'}<small>by elapsed time</small></dd></div>
      <div><dt>Tyres</dt><dd><Tyre compound={run.tyre.compound} /><small>{plural(run.tyre.laps, 'lap')} old, {plural(run.stops.length, 'stop')} made</small></dd></div>
      <div><dt>Last lap</dt><dd>{run.lapMilliseconds === null ? '–' : clock(run.lapMilliseconds)}<small>pace {run.pace}; race {seconds(run.toRealMilliseconds)} against the real one; the real decisions replay to within {span(run.replayErrorMilliseconds)}</small></dd></div>
      <div><dt>Ahead</dt><dd>{run.ahead ? span(run.ahead.gapMilliseconds) : 'nobody'}<small>{run.ahead?.driver ?? 'you lead'}</small></dd></div>
      <div><dt>Behind</dt><dd>{run.behind ? span(run.behind.gapMilliseconds) : 'nobody'}<small>{run.behind?.driver ?? 'last car'}</small></dd></div>
    </dl>
  );
}
