/** Every decision of an account, in the order made. */
import { useState } from 'react';
import { BASE, useAnswer } from '../lib/api';
import { count, moment, plural, seconds } from '../lib/format';
import { Link, to } from '../lib/router';
import { useKnown } from '../lib/session';
import { userDecisions } from '../model/audit';
import type { AuditedDecision } from '../model/audit';
import { Source, Title } from '../parts/Page';
import type { PageProps } from '../parts/pages';
import { DataTable } from '../parts/DataTable';
import { Empty, Loaded } from '../parts/States';
import { save } from '../parts/save';
import { Verify, byHistory } from '../parts/Verify';

const PAGE = 100;

export default function AuditUser({ parameters }: PageProps) {
  const id = parameters.id ?? '';
  const self = useKnown();
  const [after, setAfter] = useState<readonly number[]>([0]);
  const url = `${BASE}/audit/users/${encodeURIComponent(id)}/decisions?limit=${PAGE}&after=${after[after.length - 1] ?? 0}`;
  const answer = useAnswer(url, userDecisions);
  return (
    <>
      <Title title="Audit of a player">Audit of a player</Title>
      <p className="quiet">Account <code>{id}</code>{self?.id === id && ', which is you'}</p>
      <Loaded answer={answer} what="the decisions">
        {(value) => (
          <>
            {value.decisions.length === 0
              ? <Empty title="No decision yet"><p>Whoever plays leaves every decision here, in order.</p><Link className="button primary" href="/simulator">Play</Link></Empty>
              : <Decisions rows={value.decisions} account={id} />}
            <div className="row">
              {after.length > 1 && <button type="button" onClick={() => setAfter(after.slice(0, -1))}>Page before</button>}
              {value.next !== null && <button type="button" onClick={() => setAfter([...after, value.next ?? 0])}>Next {PAGE}</button>}
            </div>
            <Source url={url} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Decisions({ rows, account }: { rows: readonly AuditedDecision[]; account: string }) {
  return (
    <>
      <Verify check={byHistory(account)} label="Verify everything of this player" />
      <section className="pane">
        <h2>{plural(rows.length, 'decision')}</h2>
        <DataTable<AuditedDecision>
          caption="In the order made; the cost is shown when a run is over" rows={rows} limit={25}
          columns={[
            { name: 'Event', value: (row) => row.position, show: (row) => count(row.position) },
            { name: 'Written', value: (row) => row.at, show: (row) => moment(row.at), isText: true },
            { name: 'Run', value: (row) => row.simulation, show: (row) => <Link href={`${to('audit', 'run', row.simulation)}?at=${row.version}`}>{row.season ?? '?'} round {row.round ?? '?'} {row.driver ?? ''}</Link>, isText: true },
            { name: 'Lap', value: (row) => row.lap },
            { name: 'Decision', value: (row) => `${row.kind}${row.value ? ` ${row.value.toLowerCase()}` : ''}`, isText: true },
            { name: 'Cost', value: (row) => row.regretMilliseconds, show: (row) => (row.regretMilliseconds === null ? '–' : seconds(row.regretMilliseconds)) },
          ]}
        />
        <p className="row"><button type="button" onClick={() => save('decisions.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'), 'application/jsonl')}>Download as JSON lines</button></p>
      </section>
    </>
  );
}
