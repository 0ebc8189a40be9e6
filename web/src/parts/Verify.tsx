/** Proves events in the browser: each line's path into the tree, and the signature under the tree. */
import { useState } from 'react';
import { BASE, fetchText } from '../lib/api';
import { toHex } from '../lib/bytes';
import { plural } from '../lib/format';
import { canHash } from '../lib/merkle';
import { parseKey } from '../lib/note';
import { ApiProblem } from '../lib/problem';
import { hasReceipts } from '../lib/receipts';
import { positionOf, verify } from '../lib/proof';
import { save } from './save';

type State =
  | { readonly kind: 'idle' } | { readonly kind: 'running'; readonly done: number } | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly text: string }
  | { readonly kind: 'done'; readonly count: number; readonly size: number; readonly key: string; readonly isSigned: boolean; readonly receipts: readonly string[] };

const ADDRESS = { key: `${BASE}/log/key`, receipt: (position: number) => `${BASE}/audit/decisions/${position}/receipt` };

/** What is wrong with a receipt, or null. The position must be the one asked for, or a server could prove another event. */
async function check(position: number, receipt: string, key: Awaited<ReturnType<typeof parseKey>>): Promise<{ fault: string | null; size: number; isSigned: boolean }> {
  const { isIncluded, signature, proof } = await verify(receipt, key);
  const said = positionOf(proof.line);
  const fault = said !== null && said !== position ? `its receipt is for event ${said}`
    : !isIncluded ? 'its line does not lead to the root of the checkpoint'
      : signature === 'invalid' ? 'the signature under the checkpoint is false'
        : signature === 'missing' ? 'the checkpoint is not signed by the log’s key' : null;
  return { fault, size: proof.checkpoint.size, isSigned: signature === 'valid' };
}

export function Verify({ positions, missing }: { positions: readonly number[]; missing: readonly number[] }) {
  const [state, setState] = useState<State>({ kind: 'idle' });
  const run = async () => {
    setState({ kind: 'running', done: 0 });
    try {
      const text = (await hasReceipts()) ? await fetchText(ADDRESS.key) : null;
      if (text === null) return setState({ kind: 'none' });
      const key = await parseKey(text);
      const receipts: string[] = [];
      let [size, isSigned] = [0, true];
      for (const position of positions) {
        const receipt = await fetchText(ADDRESS.receipt(position));
        if (receipt === null) return setState({ kind: 'none' });
        const found = await check(position, receipt, key);
        if (found.fault) return setState({ kind: 'failed', text: `Event ${position} is not proved: ${found.fault}.` });
        size = Math.max(size, found.size);
        isSigned = isSigned && found.isSigned;
        receipts.push(receipt);
        setState({ kind: 'running', done: receipts.length });
      }
      return setState({ kind: 'done', count: receipts.length, size, key: toHex(key.id), isSigned, receipts });
    } catch (error) {
      const why = error instanceof ApiProblem ? error.detail : error instanceof Error ? `${error.message}.` : 'an unknown reason.';
      return setState({ kind: 'failed', text: `The check did not come to an end: ${why}` });
    }
  };
  return (
    <section className="pane" aria-labelledby="verify">
      <h2 id="verify">Verify</h2>
      <p>Your browser recomputes the hash of every line, its path into the log’s tree, and the signature under the tree. It believes nothing that this page says.</p>
      {missing.length > 0 && <p className="alert" role="alert">The list has a gap: version {missing.join(', ')} is missing.</p>}
      {!canHash()
        ? <p>This browser hashes only on https or on this machine. In a terminal: <code>blame audit</code>.</p>
        : <button type="button" className="primary" disabled={state.kind === 'running' || positions.length === 0} onClick={() => void run()}>Verify {plural(positions.length, 'decision')}</button>}
      <div role="status"><Outcome state={state} total={positions.length} isComplete={missing.length === 0} /></div>
    </section>
  );
}

function Outcome({ state, total, isComplete }: { state: State; total: number; isComplete: boolean }) {
  switch (state.kind) {
    case 'idle': return null;
    case 'running': return <p>{state.done} of {total} proved…</p>;
    case 'none': return <p className="banner">This server gives no receipts, so nothing can be proved here. The list below is what it says, without proof.</p>;
    case 'failed': return <p className="alert" role="alert">{state.text}</p>;
    case 'done': return (
      <div className="ok">
        <p>
          {state.count} of {total} decisions are in the log of {state.size} events{isComplete ? ', and the list has no gap' : ''}.{' '}
          {state.isSigned ? `The checkpoint is signed by key ${state.key}.` : 'This browser has no Ed25519, so the signature was not checked.'}
        </p>
        <button type="button" onClick={() => save('receipts.txt', state.receipts.join('\n'), 'text/plain')}>Download the receipts</button>
      </div>
    );
  }
}
