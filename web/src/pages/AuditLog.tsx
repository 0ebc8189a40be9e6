/** Where to begin with an audit, and what the log itself says. */
import { useEffect, useState } from 'react';
import { BASE, fetchText } from '../lib/api';
import { toHex } from '../lib/bytes';
import { count } from '../lib/format';
import { canHash } from '../lib/merkle';
import { checkSignature, parseCheckpoint, parseKey } from '../lib/note';
import type { Checkpoint, Signature } from '../lib/note';
import { hasReceipts } from '../lib/receipts';
import { compareWithSeen } from '../lib/remembered';
import { Link, navigate, to } from '../lib/router';
import { useAccount, useKnown } from '../lib/session';
import { ImportAnyRace } from '../parts/ImportRace';
import { Projections } from '../parts/Projections';
import { Title } from '../parts/Page';
import { Rebuild } from '../parts/Rebuild';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export default function AuditLog() {
  const [id, setId] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const self = useKnown();
  const isOperator = useAccount()?.isOperator ?? false;
  const open = (what: 'run' | 'user') => {
    if (UUID.test(id.trim())) navigate(to('audit', what, id.trim()));
    else setIsWrong(true);
  };
  return (
    <>
      <Title title="Audit">Audit</Title>
      <p className="lead">Every decision ever made is an event in a log to which can only be added. Look at any of them, and let your browser prove it.</p>
      <div className="two">
        <form className="pane" onSubmit={(event) => { event.preventDefault(); open('run'); }}>
          <h2>Open a run or a player</h2>
          <label className="field" htmlFor="audit-id">Identifier</label>
          <input id="audit-id" style={{ width: '100%' }} value={id} autoComplete="off" spellCheck={false} aria-invalid={isWrong} aria-describedby={isWrong ? 'audit-wrong' : undefined} onChange={(event) => { setId(event.target.value); setIsWrong(false); }} />
          {isWrong && <p id="audit-wrong" role="alert" className="loss">That is not an identifier: 32 digits and letters a to f, with four hyphens. It is in the address of a run.</p>}
          <p className="row" style={{ marginTop: 12 }}><button type="submit" className="primary">Open the run</button><button type="button" onClick={() => open('user')}>Open the player</button></p>
          {self && <p><Link href={to('audit', 'user', self.id)}>My own decisions</Link></p>}
          <p><Link href="/leaderboard">Players are on the leaderboard</Link></p>
        </form>
        <div><State /><Projections />{isOperator && <><Rebuild /><ImportAnyRace /></>}</div>
      </div>
    </>
  );
}

type Found = 'loading' | 'none' | { readonly fault: string } | { readonly checkpoint: Checkpoint; readonly signature: Signature; readonly key: string; readonly seen: string };

async function look(): Promise<Found> {
  if (!(await hasReceipts())) return 'none';
  const [note, key] = await Promise.all([fetchText(`${BASE}/log/checkpoint`), fetchText(`${BASE}/log/key`)]);
  if (note === null || key === null) return 'none';
  const checkpoint = parseCheckpoint(note);
  if (!canHash()) return { checkpoint, signature: 'unsupported', key: 'unknown', seen: 'not compared: this browser does not hash here' };
  const parsed = await parseKey(key);
  return { checkpoint, signature: await checkSignature(checkpoint, parsed), key: toHex(parsed.id), seen: await compareWithSeen(checkpoint) };
}

const SIGNATURES: Readonly<Record<Signature, string>> = {
  valid: 'checked in this browser, and true', invalid: 'FALSE: somebody changed the checkpoint', missing: 'not by the key that this server names',
  unsupported: 'not checked: this browser has no Ed25519 here',
};

function State() {
  const [found, setFound] = useState<Found>('loading');
  useEffect(() => {
    look().then(setFound, (error: unknown) => setFound({ fault: error instanceof Error ? error.message : 'unknown reason' }));
  }, []);
  return (
    <section className="pane" aria-labelledby="log-state">
      <h2 id="log-state">The log</h2>
      {found === 'loading' ? <p role="status">Looking…</p>
        : found === 'none' ? <p>This server signs no checkpoint, so receipts are not available. Events can be read, and are not proved.</p>
          : 'fault' in found ? <p role="alert">The checkpoint cannot be read: {found.fault}.</p>
            : (
              <dl>
                <dt>Log</dt><dd>{found.checkpoint.origin}</dd>
                <dt>Events</dt><dd>{count(found.checkpoint.size)}</dd>
                <dt>Root</dt><dd><code>{toHex(found.checkpoint.root).slice(0, 24)}…</code></dd>
                <dt>Key</dt><dd><code>{found.key}</code></dd>
                <dt>Signature</dt><dd>{SIGNATURES[found.signature]}</dd>
                <dt>Seen before</dt><dd>{found.seen}</dd>
              </dl>
            )}
    </section>
  );
}
