/** The laps themselves. */
import { BASE } from '../lib/api';
import type { Answer } from '../lib/api';
import { clock } from '../lib/format';
import type { Autopsy } from '../model/autopsy';
import { spoken } from '../model/plan';
import type { CarLaps, Lap } from '../model/races';
import { DataTable } from '../parts/DataTable';
import { Loaded } from '../parts/States';

const time = (value: number | null) => (value === null ? '–' : clock(value));

export function AutopsyLaps({ autopsy, laps, base }: { autopsy: Autopsy; laps: Answer<CarLaps[]> & { retry: () => void }; base: string }) {
  return (
    <section className="pane">
      <h2>Raw laps</h2>
      <p>As they came in. <a href={`${BASE}/races/${base}/laps?format=csv&driver=${autopsy.driver}`}>CSV of {autopsy.driver}</a>, <a href={`${BASE}/races/${base}/laps?format=csv`}>CSV of everybody</a>.</p>
      <Loaded answer={laps} what="the laps">
        {(cars) => (
          <DataTable<Lap>
            caption={`Laps of ${autopsy.driver}`} limit={20} rows={cars.find(({ code }) => code === autopsy.driver)?.laps ?? []}
            columns={[
              { name: 'Lap', value: (row) => row.lap },
              { name: 'Time', value: (row) => row.time, show: (row) => time(row.time) },
              { name: 'Elapsed', value: (row) => row.elapsed, show: (row) => time(row.elapsed) },
              { name: 'Place', value: (row) => row.place },
              { name: 'Tyre', value: (row) => row.compound, show: (row) => spoken(row.compound), isText: true },
              { name: 'Age', value: (row) => row.tyreLaps },
              { name: 'Pit', value: (row) => (row.isPitIn ? 'in' : row.isPitOut ? 'out' : ''), isText: true },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}
