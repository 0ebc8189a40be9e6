/** A receipt: an event, its path in the tree, and the checkpoint it leads to (c2sp.org/tlog-proof@v1). */
import { fromBase64 } from './bytes';
import { isIncluded, leafHash } from './merkle';
import { checkSignature, parseCheckpoint } from './note';
import type { Checkpoint, Signature, VerifierKey } from './note';

const HEADER = 'c2sp.org/tlog-proof@v1';

export interface Proof {
  /** The line of the log that is proved; null where what it says is withheld. */
  readonly line: Uint8Array | null;
  readonly index: number;
  readonly path: readonly Uint8Array[];
  readonly checkpoint: Checkpoint;
}

export function parseProof(text: string): Proof {
  const split = text.indexOf('\n\n');
  const [header, ...lines] = text.slice(0, Math.max(0, split)).split('\n');
  if (header !== HEADER) throw new Error(`the receipt does not begin with ${HEADER}`);
  const extra = lines[0]?.startsWith('extra ') ? lines.shift()?.slice(6) : undefined;
  const index = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '')?.[1];
  if (index === undefined) throw new Error('the receipt has no index');
  const path = lines.map(fromBase64);
  if (path.some((hash) => hash.length !== 32)) throw new Error('a hash of the path is not 32 bytes long');
  return { line: extra === undefined ? null : fromBase64(extra), index: Number(index), path, checkpoint: parseCheckpoint(text.slice(split + 2)) };
}

/** What the page shows of an event, which its proved line must say as well. */
export interface Claim {
  readonly position: number;
  readonly says: Readonly<Record<string, unknown>>;
}

export interface Verdict {
  /** The first thing that is wrong; null when the event is proved. */
  readonly fault: string | null;
  readonly isSigned: boolean;
  readonly size: number;
}

/** Recomputes the path from the line to the checkpoint, checks who signed that, and that the line says what is claimed. */
export async function verify(text: string, claim: Claim, key: VerifierKey): Promise<Verdict> {
  const { checkpoint, index, path, line } = parseProof(text);
  const signature = await checkSignature(checkpoint, key);
  const fault = await faultOf(line, claim, async (leaf) => isIncluded(leaf, index, checkpoint.size, path, checkpoint.root))
    ?? (index === claim.position - 1 ? null : `its receipt is for event ${index + 1}`) ?? FAULTS[signature] ?? null;
  return { fault, isSigned: signature === 'valid', size: checkpoint.size };
}

const FAULTS: Readonly<Partial<Record<Signature, string>>> = {
  invalid: 'the signature under the checkpoint is false', missing: 'the checkpoint is not signed by the log’s key',
};

async function faultOf(
  line: Uint8Array | null, claim: Claim, leads: (leaf: Uint8Array) => Promise<boolean>,
): Promise<string | null> {
  if (!line) return 'its line is withheld until the run is over';
  if (!(await leads(await leafHash(line)))) return 'its line does not lead to the root of the checkpoint';
  const differing = difference({ position: claim.position, ...claim.says }, parsed(line));
  return differing === null ? null : `the log says otherwise of ${differing}`;
}

function parsed(line: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(line));
  } catch {
    return null;
  }
}

/** The first member of `claimed` that `found` has otherwise; null when it holds all of them. */
export function difference(claimed: unknown, found: unknown, path = ''): string | null {
  if (typeof claimed !== 'object' || claimed === null) return claimed === found ? null : path || 'the whole';
  if (typeof found !== 'object' || found === null) return path || 'the whole';
  for (const [name, value] of Object.entries(claimed)) {
    const differing = difference(value, (found as Record<string, unknown>)[name], path ? `${path}.${name}` : name);
    if (differing !== null) return differing;
  }
  return null;
}
