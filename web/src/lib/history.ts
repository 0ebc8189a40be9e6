/** Everything an account caused, with proofs under one checkpoint: that each event is in the log, and none is left out. */
import { fromBase64, utf8 } from './bytes';
import { list, maybe, number, object, text } from './decode';
import { isIncluded, leafHash } from './merkle';
import { checkSignature, parseCheckpoint } from './note';
import type { Checkpoint, Signature, VerifierKey } from './note';

const FORMAT = 'blame-history/1';
const heading = object({ format: text, account: text, checkpoint: text });
const entry = object({ line: maybe(text), position: maybe(number), leaf: maybe(text), proof: list(text) });
const end = object({ count: number });
const event = object({ position: number, actor: maybe(text), actorVersion: maybe(number), type: text });

export interface HistoryFinding {
  readonly events: number;
  readonly decisions: number;
  /** Events of runs that are not over: in the log, their content not shown. */
  readonly withheld: number;
  readonly checkpoint: Checkpoint;
  readonly signature: Signature;
}

/** Checks a history. Throws with the first thing that is wrong. */
export async function verifyHistory(
  body: string, account: string, key: VerifierKey, progress: (done: number, of: number) => void = () => undefined,
): Promise<HistoryFinding> {
  const lines = body.split('\n');
  if (lines.pop() !== '' || lines.length < 2) throw new Error('the history is cut off');
  const rows = lines.slice(1, -1);
  const head = heading(JSON.parse(lines[0] ?? ''), 'line 1');
  if (head.format !== FORMAT || head.account !== account) throw new Error('this is not the history of the account asked for');
  if (end(JSON.parse(lines[lines.length - 1] ?? ''), 'the last line').count !== rows.length) throw new Error('the history does not hold as many events as it says');
  const checkpoint = parseCheckpoint(head.checkpoint);
  const signature = await checkSignature(checkpoint, key);
  if (signature === 'invalid' || signature === 'missing') throw new Error('the checkpoint is not signed by the log’s key');
  const finding = { events: rows.length, decisions: 0, withheld: 0 };
  let last = 0;
  for (const [index, row] of rows.entries()) {
    const found = await proved(entry(JSON.parse(row), `line ${index + 2}`), index + 1, account, checkpoint);
    if (found.position <= last) throw new Error(`event ${index + 1} is not behind the one before it in the log`);
    last = found.position;
    if (found.type === null) finding.withheld += 1;
    if (found.type === 'DecisionMade') finding.decisions += 1;
    progress(index + 1, rows.length);
  }
  return { ...finding, checkpoint, signature };
}

async function proved(
  row: ReturnType<typeof entry>, count: number, account: string, checkpoint: Checkpoint,
): Promise<{ position: number; type: string | null }> {
  const path = row.proof.map(fromBase64);
  const require = async (leaf: Uint8Array, position: number) => {
    if (!(await isIncluded(leaf, position - 1, checkpoint.size, path, checkpoint.root))) {
      throw new Error(`event ${count}, at position ${position}, does not lead to the root of the checkpoint`);
    }
  };
  if (row.line === null) {
    if (row.position === null || row.leaf === null) throw new Error(`event ${count} is neither shown nor withheld`);
    await require(fromBase64(row.leaf), row.position);
    return { position: row.position, type: null };
  }
  const said = event(JSON.parse(row.line), `event ${count}`);
  if (said.actor !== account) throw new Error(`event ${count} is not of this account`);
  if (said.actorVersion !== count) throw new Error(`event ${count} of the account was expected and number ${said.actorVersion ?? 'none'} found: something is left out`);
  await require(await leafHash(utf8(row.line)), said.position);
  return { position: said.position, type: said.type };
}
