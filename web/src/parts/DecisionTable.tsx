import { seconds } from '../lib/format';
import { spoken } from '../model/plan';
import type { RunDecision } from '../model/simulation';
import { decided } from '../model/simulation';
import { DataTable } from './DataTable';

/** Every decision with what it cost. */
export function DecisionTable({ decisions }: { decisions: readonly RunDecision[] }) {
  return (
    <section className="pane">
      <h2>Your decisions</h2>
      <DataTable<RunDecision>
        caption="Cost is the distance to the best call on that lap" rows={decisions}
        columns={[
          { name: 'Lap', value: (row) => row.lap },
          { name: 'Decision', value: (row) => (row.kind === 'start' ? `Start on ${spoken(row.compound)}` : decided(row)), isText: true },
          { name: 'Cost', value: (row) => row.regretMilliseconds, show: (row) => (row.regretMilliseconds === null ? '–' : seconds(row.regretMilliseconds)) },
          { name: 'Judged', value: (row) => (row.optimal === null ? null : row.optimal ? 'as good as the best' : 'a better call was there'), isText: true },
        ]}
      />
    </section>
  );
}
