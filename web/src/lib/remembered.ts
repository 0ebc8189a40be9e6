/** The last checkpoint this browser has seen: a later one must hold it, or somebody rewrote the log. */
import { BASE, get } from './api';
import { equal, fromBase64, fromHex, toHex } from './bytes';
import { list, object, text } from './decode';
import { count } from './format';
import { read, write } from './memory';
import { isConsistent } from './merkle';
import type { Checkpoint } from './note';

const proof = object({ hashes: list(text) });
const keyOf = (origin: string) => `checkpoint.${origin}`;

interface Seen { readonly size: number; readonly root: Uint8Array }

function seen(origin: string): Seen | null {
  const match = /^(\d{1,15}) ([0-9a-f]{64})$/.exec(read(keyOf(origin)) ?? '');
  return match?.[1] && match[2] ? { size: Number(match[1]), root: fromHex(match[2]) } : null;
}

/** Says how the checkpoint goes with the one seen before, and keeps the later one. Throws when they do not go together. */
export async function compareWithSeen({ origin, size, root }: Pick<Checkpoint, 'origin' | 'size' | 'root'>): Promise<string> {
  const before = seen(origin);
  if (!before) {
    write(keyOf(origin), `${size} ${toHex(root)}`);
    return 'This browser keeps it, to check later ones against.';
  }
  const [from, to] = before.size <= size ? [before, { size, root }] : [{ size, root }, before];
  const isHeld = from.size === to.size ? equal(from.root, to.root)
    : await isConsistent(from.size, to.size, from.root, to.root, (await get(`${BASE}/log/proof/consistency?from=${from.size}&to=${to.size}`, proof)).hashes.map(fromBase64));
  if (!isHeld) throw new Error(`the log of ${count(from.size)} events that this browser knows is not the beginning of the one of ${count(to.size)}: it was rewritten`);
  if (size > before.size) write(keyOf(origin), `${size} ${toHex(root)}`);
  return `It holds the log of ${count(before.size)} events that this browser saw before.`;
}
