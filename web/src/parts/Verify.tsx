/** Proves events in the browser: each line's path into the tree, and the signature under the tree. */
import { useState } from 'react';
import { BASE, fetchText } from '../lib/api';
import { toHex } from '../lib/bytes';
import { count, plural } from '../lib/format';
import { verifyHistory } from '../lib/history';
import { canHash } from '../lib/merkle';
import { parseCheckpoint, parseKey } from '../lib/note';
import type { VerifierKey } from '../lib/note';
import { ApiProblem } from '../lib/problem';
import { verify } from '../lib/proof';
import type { Claim } from '../lib/proof';
import { hasReceipts } from '../lib/receipts';
import { compareWithSeen } from '../lib/remembered';
import { save } from './save';

interface Success {
  readonly sentence: string;
  readonly size: number;
  readonly isSigned: boolean;
  /** How the checkpoint goes with the one this browser saw before. */
  readonly seen?: string;
  /** What was proved, to take home. */
  readonly file: { readonly name: string; readonly body: string };
}

/** Throws with a sentence when something is wrong. Null when the server gives no proofs. */
export type Check = (key: VerifierKey, progress: (done: number, of: number) => void) => Promise<Success | null>;

/** Each event by its own receipt, compared with what the page shows of it. */
export const byReceipts = (claims: readonly Claim[]): Check => async (key, progress) => {
  const receipts: string[] = [];
  let [size, isSigned] = [0, true];
  for (const claim of claims) {
    const receipt = await fetchText(`${BASE}/audit/decisions/${claim.position}/receipt`);
    if (receipt === null) return null;
    const verdict = await verify(receipt, claim, key);
    if (verdict.fault) throw new Error(`Event ${count(claim.position)} is not proved: ${verdict.fault}`);
    size = Math.max(size, verdict.size);
    isSigned = isSigned && verdict.isSigned;
    receipts.push(receipt);
    progress(receipts.length, claims.length);
  }
  return {
    sentence: `${plural(claims.length, 'event')} of ${count(claims.length)} are in the log and say what is shown here.`,
    size, isSigned, file: { name: 'receipts.txt', body: receipts.join('\n') },
  };
};

/** All events of an account, which also proves that none is left out. */
export const byHistory = (account: string): Check => async (key, progress) => {
  const body = await fetchText(`${BASE}/audit/users/${encodeURIComponent(account)}/history`);
  if (body === null) return null;
  const found = await verifyHistory(body, account, key, progress);
  const withheld = found.withheld > 0 ? ` ${plural(found.withheld, 'event')} of runs that go on are proved without being shown.` : '';
  return {
    sentence: `${plural(found.events, 'event')} of ${count(found.events)} are in the log, ${plural(found.decisions, 'decision')} among them; the list is complete.${withheld}`,
    size: found.checkpoint.size, isSigned: found.signature === 'valid', file: { name: `history-${account}.jsonl`, body },
  };
};

type State =
  | { readonly kind: 'idle' } | { readonly kind: 'running'; readonly done: number; readonly of: number } | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly text: string } | { readonly kind: 'done'; readonly key: string; readonly success: Success };

async function run(check: Check, show: (state: State) => void): Promise<State> {
  try {
    const text = (await hasReceipts()) ? await fetchText(`${BASE}/log/key`) : null;
    if (text === null) return { kind: 'none' };
    const key = await parseKey(text);
    const success = await check(key, (done, of) => show({ kind: 'running', done, of }));
    const note = success && await fetchText(`${BASE}/log/checkpoint`);
    const seen = note ? await compareWithSeen(parseCheckpoint(note)) : '';
    return success ? { kind: 'done', key: toHex(key.id), success: { ...success, seen } } : { kind: 'none' };
  } catch (error) {
    const why = error instanceof ApiProblem ? `The check did not come to an end. ${error.detail}` : error instanceof Error ? `${error.message}.` : 'The check did not come to an end.';
    return { kind: 'failed', text: why };
  }
}

export function Verify({ check, label }: { check: Check; label: string }) {
  const [state, setState] = useState<State>({ kind: 'idle' });
  const start = () => {
    setState({ kind: 'running', done: 0, of: 0 });
    void run(check, setState).then(setState);
  };
  return (
    <section className="pane" aria-labelledby="verify">
      <h2 id="verify">Verify</h2>
      <p>Your browser recomputes the hash of every line, its path into the log’s tree, and the signature under the tree.</p>
      {canHash()
        ? <p><button type="button" className="primary" disabled={state.kind === 'running'} onClick={start}>{label}</button></p>
        : <p>This browser hashes only on https or on this machine. In a terminal: <code>blame verify</code>.</p>}
      <div role="status"><Result state={state} /></div>
    </section>
  );
}

function Result({ state }: { state: State }) {
  switch (state.kind) {
    case 'idle': return null;
    case 'running': return <p>{state.of > 0 ? `${state.done} of ${state.of} proved…` : 'Asking for proofs…'}</p>;
    case 'none': return <p className="banner">Receipts are not available from this server, so nothing can be proved here. What is listed is what it says, without proof.</p>;
    case 'failed': return <p className="alert" role="alert"><strong>Not proved.</strong> {state.text}</p>;
    case 'done': return (
      <div className="ok">
        <p>
          <strong>Proved.</strong> {state.success.sentence}{' '}
          {state.success.isSigned ? `The checkpoint over ${count(state.success.size)} events is signed by key ${state.key}.` : 'This browser has no Ed25519, so the signature was not checked.'}
          {' '}{state.success.seen}
        </p>
        <button type="button" onClick={() => save(state.success.file.name, state.success.file.body, 'text/plain')}>Download the proofs</button>
      </div>
    );
  }
}
