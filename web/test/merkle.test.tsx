import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concat, equal, fromBase64, toHex, utf8 } from '../src/lib/bytes';
import { isConsistent, isIncluded, leafHash, nodeHash, rootOf } from '../src/lib/merkle';
import { checkSignature, parseCheckpoint, parseKey } from '../src/lib/note';

const hex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** The leaves and roots of the reference implementation of RFC 6962. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(hex);
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** The path of a leaf, by the definition: the sibling subtree's root, below first. */
async function pathOf(index: number, leaves: readonly Uint8Array[]): Promise<Uint8Array[]> {
  if (leaves.length <= 1) return [];
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return index < split
    ? [...(await pathOf(index, leaves.slice(0, split))), await rootOf(leaves.slice(split))]
    : [...(await pathOf(index - split, leaves.slice(split))), await rootOf(leaves.slice(0, split))];
}

test('roots are those of the reference implementation', async () => {
  for (const [index, expected] of ROOTS.entries()) assert.equal(toHex(await rootOf(LEAVES.slice(0, index + 1))), expected);
  assert.equal(toHex(await rootOf([])), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('every leaf of every tree up to 40 leaves is included, and at no other place', async () => {
  const leaves = Array.from({ length: 40 }, (_, index) => utf8(`event ${index}`));
  for (let size = 1; size <= leaves.length; size += 1) {
    const some = leaves.slice(0, size);
    const root = await rootOf(some);
    for (let index = 0; index < size; index += 1) {
      const path = await pathOf(index, some);
      const leaf = await leafHash(some[index] as Uint8Array);
      assert.ok(await isIncluded(leaf, index, size, path, root), `${index} of ${size}`);
      if (size > 1) assert.ok(!(await isIncluded(leaf, (index + 1) % size, size, path, root)));
      assert.ok(!(await isIncluded(leaf, index, size, [...path, root], root)), 'a path that is too long');
      if (path.length > 0) assert.ok(!(await isIncluded(leaf, index, size, path.slice(1), root)), 'one that is too short');
    }
  }
});

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}

test('each bit that is flipped in leaf, path or root is refused', async () => {
  const root = await rootOf(LEAVES);
  const path = await pathOf(5, LEAVES);
  const leaf = await leafHash(LEAVES[5] as Uint8Array);
  for (let bit = 0; bit < 256; bit += 1) {
    assert.ok(!(await isIncluded(flipped(leaf, bit), 5, 8, path, root)));
    assert.ok(!(await isIncluded(leaf, 5, 8, path, flipped(root, bit))));
    for (const [place, hash] of path.entries()) {
      const changed = path.map((old, index) => (index === place ? flipped(hash, bit) : old));
      assert.ok(!(await isIncluded(leaf, 5, 8, changed, root)));
    }
  }
});

test('a node is not taken for a leaf', async () => {
  const [a, b] = [await leafHash(utf8('a')), await leafHash(utf8('b'))];
  const node = await nodeHash(a, b);
  assert.ok(!equal(node, await leafHash(concat(a, b))));
  assert.ok(!(await isIncluded(a, -1, 2, [b], node)));
  assert.ok(!(await isIncluded(a, 0.5, 2, [b], node)));
});

/** The note and key that the documentation of signed notes publishes. */
const KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const TEXT = 'If you think cryptography is the answer to your problem,\nthen you don\'t know what your problem is.\n';
const SIGNATURE = 'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=';
const note = (signed: string) => ({
  origin: 'x', size: 0, root: new Uint8Array(32), signed, signatures: [{ name: 'PeterNeumann', bytes: fromBase64(SIGNATURE) }],
});

test('the published note is signed by the published key, and a changed one is not', async () => {
  const key = await parseKey(KEY);
  assert.equal(await checkSignature(note(TEXT), key), 'valid');
  assert.equal(await checkSignature(note(TEXT.replace('your', 'our')), key), 'invalid');
  assert.equal(await checkSignature({ ...note(TEXT), signatures: [] }, key), 'missing');
});

test('keys and checkpoints that are none are refused', async () => {
  for (const wrong of ['', 'a+b', `${KEY}=`, KEY.replace('Peter', 'Pater'), KEY.slice(0, -1)]) await assert.rejects(parseKey(wrong), wrong);
  const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';
  const good = `example.com/log\n20852163\n${root}\n\n\u2014 example.com/log ${SIGNATURE}\n`;
  assert.equal(parseCheckpoint(good).size, 20_852_163);
  assert.equal(parseCheckpoint(good).signed, `example.com/log\n20852163\n${root}\n`);
  for (const wrong of ['', good.replace('20852163', '020'), good.replace(root, 'AAAA'), good.replace('\n\n', '\n'), good.replace('\u2014 ', '- '), good.replace('example.com/log\n', '\n')]) {
    assert.throws(() => parseCheckpoint(wrong), wrong);
  }
});

/** The proof that the first `size` leaves begin a tree, by the definition of RFC 6962. */
async function consistencyOf(size: number, leaves: readonly Uint8Array[], isWhole = true): Promise<Uint8Array[]> {
  if (size === leaves.length) return isWhole ? [] : [await rootOf(leaves)];
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return size <= split
    ? [...(await consistencyOf(size, leaves.slice(0, split), isWhole)), await rootOf(leaves.slice(split))]
    : [...(await consistencyOf(size - split, leaves.slice(split), false)), await rootOf(leaves.slice(0, split))];
}

test('every tree up to 20 leaves begins every larger one, and no changed one does', async () => {
  const leaves = Array.from({ length: 20 }, (_, index) => utf8(`leaf ${index}`));
  for (let to = 1; to <= leaves.length; to += 1) {
    const root = await rootOf(leaves.slice(0, to));
    for (let from = 1; from <= to; from += 1) {
      const old = await rootOf(leaves.slice(0, from));
      const proof = await consistencyOf(from, leaves.slice(0, to));
      assert.ok(await isConsistent(from, to, old, root, proof), `${from} in ${to}`);
      const other = await rootOf([...leaves.slice(0, from - 1), utf8('changed')]);
      assert.ok(!(await isConsistent(from, to, other, root, proof)), `a changed ${from} in ${to}`);
      assert.ok(!(await isConsistent(from, to, old, other, proof)) || from === to, `${from} in a changed ${to}`);
      if (proof.length > 0) assert.ok(!(await isConsistent(from, to, old, root, proof.slice(1))), 'a hash is missing');
      assert.ok(!(await isConsistent(from, to, old, root, [...proof, root])), 'a hash too many');
    }
  }
  const root = await rootOf(leaves);
  assert.ok(!(await isConsistent(0, 20, root, root, [])) && !(await isConsistent(21, 20, root, root, [])));
});
