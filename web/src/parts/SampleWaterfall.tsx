/** What an autopsy looks like, by a race that nobody drove. */
import { BASE, useAnswer } from '../lib/api';
import { Link, to } from '../lib/router';
import { autopsy, rows } from '../model/autopsy';
import type { Race } from '../model/races';
import { SIDES, Waterfall } from '../charts/Waterfall';
import { Synthetic } from './Page';
import { Loaded } from './States';

export function SampleWaterfall({ race }: { race: Race }) {
  const driver = race.drivers[0];
  const code = driver?.code ?? '';
  const answer = useAnswer(`${BASE}/autopsy/${race.season}/${race.gp}/${code}`, autopsy);
  return (
    <Loaded answer={answer} what="the example" height={420}>
      {(value) => (
        <>
          <p>{driver?.name}, {race.name} {race.season} <Synthetic is={value.synthetic} /></p>
          <p className="verdict">{value.verdict}</p>
          <Waterfall
            costs={rows(value)} total={value.totalLossMilliseconds} totalInterval={value.totalLossInterval} against="the ideal race"
            file={`${race.season}-${race.gp}-${code}-waterfall`} note={SIDES}
          />
          <p><Link href={to('autopsy', race.season, race.gp, code)}>All of this autopsy</Link></p>
        </>
      )}
    </Loaded>
  );
}
