/** A receipt: an event, its path in the tree, and the checkpoint it leads to (c2sp.org/tlog-proof@v1). */
import { fromBase64 } from './bytes';
import { isIncluded, leafHash } from './merkle';
import { checkSignature, parseCheckpoint } from './note';
import type { Checkpoint, Signature, VerifierKey } from './note';

const HEADER = 'c2sp.org/tlog-proof@v1';

export interface Proof {
  /** The line of the log that is proved. */
  readonly line: Uint8Array;
  readonly index: number;
  readonly path: readonly Uint8Array[];
  readonly checkpoint: Checkpoint;
}

export function parseProof(text: string): Proof {
  const split = text.indexOf('\n\n');
  const [header, ...lines] = text.slice(0, Math.max(0, split)).split('\n');
  if (header !== HEADER) throw new Error(`the receipt does not begin with ${HEADER}`);
  const extra = lines[0]?.startsWith('extra ') ? lines.shift()?.slice(6) : undefined;
  if (extra === undefined) throw new Error('the receipt does not hold the line that it proves');
  const index = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '')?.[1];
  if (index === undefined) throw new Error('the receipt has no index');
  const path = lines.map(fromBase64);
  if (path.some((hash) => hash.length !== 32)) throw new Error('a hash of the path is not 32 bytes long');
  return { line: fromBase64(extra), index: Number(index), path, checkpoint: parseCheckpoint(text.slice(split + 2)) };
}

export interface Verdict {
  readonly isIncluded: boolean;
  readonly signature: Signature;
  readonly proof: Proof;
}

/** Recomputes the path from the line to the checkpoint, and checks who signed that. */
export async function verify(text: string, key: VerifierKey): Promise<Verdict> {
  const proof = parseProof(text);
  const { checkpoint, index, path, line } = proof;
  return {
    isIncluded: await isIncluded(await leafHash(line), index, checkpoint.size, path, checkpoint.root),
    signature: await checkSignature(checkpoint, key), proof,
  };
}

/** The position that a line says it stands at; null when it does not say. */
export function positionOf(line: Uint8Array): number | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(line));
    const position = (value as { position?: unknown } | null)?.position;
    return typeof position === 'number' ? position : null;
  } catch {
    return null;
  }
}
