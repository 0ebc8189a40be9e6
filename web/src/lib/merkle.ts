/** The hash tree of the log (RFC 6962): leaves, nodes, and whether a path leads from a leaf to a root. */
import { concat, equal } from './bytes';

/** Hashing needs a secure context: https, or this machine. */
export const canHash = (): boolean => globalThis.crypto?.subtle !== undefined;

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

export const leafHash = (data: Uint8Array): Promise<Uint8Array> => sha256(concat(Uint8Array.of(0), data));

export const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Uint8Array> =>
  sha256(concat(Uint8Array.of(1), left, right));

/** The root that a path from a leaf leads to; null when the path has not the length that index and size ask for. */
export async function rootOfPath(
  leaf: Uint8Array, index: number, size: number, path: readonly Uint8Array[],
): Promise<Uint8Array | null> {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return null;
  let hash = leaf;
  let [node, last] = [index, size - 1];
  for (const sibling of path) {
    if (last === 0) return null;
    if (node % 2 === 1 || node === last) {
      hash = await nodeHash(sibling, hash);
      // A node at the right edge without a sibling is carried up as it is.
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : null;
}

/** `leaf` is number `index` (from 0) of the tree of `size` leaves with this root. */
export async function isIncluded(
  leaf: Uint8Array, index: number, size: number, path: readonly Uint8Array[], root: Uint8Array,
): Promise<boolean> {
  const found = await rootOfPath(leaf, index, size, path);
  return found !== null && equal(found, root);
}

/** The root of some leaves' data. For tests and for small logs: O(n). */
export async function rootOf(leaves: readonly Uint8Array[]): Promise<Uint8Array> {
  if (leaves.length === 0) return sha256(new Uint8Array());
  let level = await Promise.all(leaves.map(leafHash));
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = [level[index], level[index + 1]];
      if (left) next.push(right ? await nodeHash(left, right) : left);
    }
    level = next;
  }
  return level[0] as Uint8Array;
}

function isPowerOfTwo(value: number): boolean {
  let rest = value;
  while (rest > 1 && rest % 2 === 0) rest /= 2;
  return rest === 1;
}

/** The tree of `from` leaves with the one root is the beginning of the tree of `to` leaves with the other. */
export async function isConsistent(
  from: number, to: number, oldRoot: Uint8Array, newRoot: Uint8Array, proof: readonly Uint8Array[],
): Promise<boolean> {
  if (from === to) return proof.length === 0 && equal(oldRoot, newRoot);
  if (from <= 0 || from > to) return false;
  // A full tree is a node of the larger one, so its hash is not sent along.
  const path = isPowerOfTwo(from) ? [oldRoot, ...proof] : [...proof];
  let [node, last] = [from - 1, to - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  let old = path.shift();
  if (!old) return false;
  let grown = old;
  for (const sibling of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      old = await nodeHash(sibling, old);
      grown = await nodeHash(sibling, grown);
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    } else {
      grown = await nodeHash(grown, sibling);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && equal(old, oldRoot) && equal(grown, newRoot);
}
