/** C17 for the real race: what a first stop on another lap would have cost. */
import { useState } from 'react';
import { BASE, useAnswer } from '../lib/api';
import { seconds } from '../lib/format';
import { bands } from '../model/autopsy';
import type { Autopsy } from '../model/autopsy';
import { spoken } from '../model/plan';
import { pitLaps } from '../model/races';
import { Loaded } from '../parts/States';
import { LinesByLap } from './Lines';

export function PitLaps({ autopsy, file }: { autopsy: Autopsy; file: string }) {
  const answer = useAnswer(`${BASE}/races/${autopsy.season}/${encodeURIComponent(autopsy.gp)}/pitlaps/${autopsy.driver}`, pitLaps);
  const [lap, setLap] = useState(autopsy.realPlan.stops[0]?.lap ?? 10);
  return (
    <Loaded answer={answer} what="the pit laps" height={420}>
      {({ pitLaps: rows }) => {
        const known = rows.filter((row) => row.regretMilliseconds !== null);
        const best = [...known].sort((a, b) => (a.regretMilliseconds ?? 0) - (b.regretMilliseconds ?? 0))[0];
        const real = known.find((row) => row.lap === autopsy.realPlan.stops[0]?.lap);
        return (
          <LinesByLap
            title="A first stop on another lap" file={`${file}-pit-laps`} rows={rows}
            finding={best ? `Lap ${best.lap} for ${spoken(best.compound)} would have been best${real && real !== best ? `; lap ${real.lap}, as driven, is ${seconds((real.regretMilliseconds ?? 0) - (best.regretMilliseconds ?? 0))} from it` : ''}. An estimate.` : 'No lap can be judged.'}
            columns={[
              { name: 'Lap', value: (row) => row.lap },
              { name: 'Against the best, s', value: (row) => (row.regretMilliseconds === null ? null : row.regretMilliseconds / 1000) },
              { name: 'Tyre', value: (row) => row.compound, show: (row) => spoken(row.compound), isText: true },
              { name: 'Rejoins in place', value: (row) => row.rejoinPlace },
              { name: 'Undercut, s', value: (row) => (row.undercutMilliseconds === null ? null : row.undercutMilliseconds / 1000) },
              { name: 'Overcut, s', value: (row) => (row.overcutMilliseconds === null ? null : row.overcutMilliseconds / 1000) },
            ]}
            series={[{ name: 'cost', points: rows.map((row) => ({ lap: row.lap, value: row.regretMilliseconds })) }]}
            marks={autopsy.realPlan.stops.map((stop) => ({ lap: stop.lap, text: `real stop, lap ${stop.lap}` }))}
            bands={bands(autopsy.lapRows)} label="s against the best" format={(value) => seconds(value).replace('\u00a0s', '')}
            lap={lap} setLap={setLap} last={autopsy.laps} floor={0}
          />
        );
      }}
    </Loaded>
  );
}
