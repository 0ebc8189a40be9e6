import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { concat, utf8 } from '../src/lib/bytes';
import { verifyHistory } from '../src/lib/history';
import { leafHash, nodeHash, rootOf } from '../src/lib/merkle';
import { parseKey } from '../src/lib/note';
import type { VerifierKey } from '../src/lib/note';
import { difference, parseProof, verify } from '../src/lib/proof';

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const ACCOUNT = '01a214b8-8b96-7429-966a-b83f8b72302f';
const line = (position: number, actorVersion: number, lap: number, actor = ACCOUNT) =>
  JSON.stringify({ position, version: actorVersion, type: 'DecisionMade', actor, actorVersion, data: { lap } });
const LINES = [line(1, 1, 10), line(2, 2, 20), line(3, 3, 30)];

let key: VerifierKey;
let sign: (lines: readonly string[]) => Promise<string>;

before(async () => {
  const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']) as CryptoKeyPair;
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const typed = concat(Uint8Array.of(1), raw);
  const id = new Uint8Array(await crypto.subtle.digest('SHA-256', concat(utf8('test.log\n'), typed))).slice(0, 4);
  key = await parseKey(`test.log+${Buffer.from(id).toString('hex')}+${base64(typed)}`);
  sign = async (lines) => {
    const text = `test.log\n${lines.length}\n${base64(await rootOf(lines.map(utf8)))}\n`;
    const signature = new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, pair.privateKey, utf8(text)));
    return `${text}\n\u2014 test.log ${base64(concat(id, signature))}\n`;
  };
});

/** Paths in a tree of three. */
async function paths(lines: readonly string[]): Promise<string[][]> {
  const [a, b, c] = await Promise.all(lines.map((text) => leafHash(utf8(text)))) as [Uint8Array, Uint8Array, Uint8Array];
  return [[b, c], [a, c], [await nodeHash(a, b)]].map((path) => path.map(base64));
}

async function receipt(index: number, lines = LINES, shown = lines[index] ?? ''): Promise<string> {
  const path = (await paths(lines))[index] ?? [];
  return `c2sp.org/tlog-proof@v1\nextra ${base64(utf8(shown))}\nindex ${index}\n${path.map((hash) => `${hash}\n`).join('')}\n${await sign(lines)}`;
}

test('a receipt proves its event, and only what the line says', async () => {
  for (const index of [0, 1, 2]) {
    const verdict = await verify(await receipt(index), { position: index + 1, says: { data: { lap: (index + 1) * 10 } } }, key);
    assert.deepEqual(verdict, { fault: null, isSigned: true, size: 3 });
  }
  const other = await verify(await receipt(1), { position: 2, says: { data: { lap: 21 } } }, key);
  assert.equal(other.fault, 'the log says otherwise of data.lap');
  const swapped = await verify(await receipt(0), { position: 2, says: {} }, key);
  assert.match(swapped.fault ?? '', /position/);
});

test('an altered line, path, index, checkpoint or key is found', async () => {
  const good = await receipt(1);
  const claim = { position: 2, says: {} };
  const altered = await verify(await receipt(1, LINES, line(2, 2, 21)), claim, key);
  assert.equal(altered.fault, 'its line does not lead to the root of the checkpoint');
  assert.ok((await verify(good.replace('index 1', 'index 0'), claim, key)).fault);
  assert.equal((await verify(good.replace('\u2014 test.log ', '\u2014 other.log '), claim, key)).fault, 'the checkpoint is not signed by the log’s key');
  const body = good.slice(0, good.indexOf('\n\n') + 2);
  const forged = (await sign([...LINES, 'more'])).split('\n\n')[1] ?? '';
  const root = good.slice(body.length).split('\n\n')[0] ?? '';
  assert.equal((await verify(`${body}${root}\n\n${forged}`, claim, key)).fault, 'the signature under the checkpoint is false');
  assert.equal((await verify(good.replace(/extra .*\n/, ''), claim, key)).fault, 'its line is withheld until the run is over');
});

test('what is no receipt is refused', async () => {
  const good = await receipt(1);
  for (const wrong of ['', good.replace('@v1', '@v2'), good.replace('index 1', 'index 01'), good.replace('\n\n', '\n'), good.replace(/index .*\n/, '')]) {
    assert.throws(() => parseProof(wrong), wrong.slice(0, 40));
  }
});

test('differences name their place', () => {
  assert.equal(difference({ a: 1, b: { c: [1, 2] } }, { a: 1, b: { c: [1, 2], d: 3 }, e: 5 }), null);
  assert.equal(difference({ b: { c: [1, 2] } }, { b: { c: [1, 3] } }), 'b.c.1');
  assert.equal(difference({ a: null }, {}), 'a');
});

async function history(lines = LINES, change: (rows: string[]) => string[] = (rows) => rows): Promise<string> {
  const all = await paths(LINES);
  const rows = change(lines.map((text, index) => JSON.stringify({ line: text, proof: all[index] })));
  const head = JSON.stringify({ format: 'blame-history/1', account: ACCOUNT, checkpoint: await sign(LINES) });
  return `${[head, ...rows, JSON.stringify({ count: rows.length })].join('\n')}\n`;
}

test('a whole history is proved, with events withheld counted', async () => {
  const found = await verifyHistory(await history(), ACCOUNT, key);
  assert.deepEqual([found.events, found.decisions, found.withheld, found.signature], [3, 3, 0, 'valid']);
  const leaf = base64(await leafHash(utf8(LINES[2] ?? '')));
  const hidden = await history(LINES, (rows) => [...rows.slice(0, 2), JSON.stringify({ position: 3, leaf, proof: JSON.parse(rows[2] ?? '').proof })]);
  assert.equal((await verifyHistory(hidden, ACCOUNT, key)).withheld, 1);
});

test('a history with a gap, a stranger, a changed line or a wrong end is refused with the first bad event', async () => {
  const without = await history(LINES, (rows) => rows.filter((_, index) => index !== 1));
  await assert.rejects(verifyHistory(without, ACCOUNT, key), /event 2 of the account was expected and number 3 found/);
  const changed = await history([LINES[0] ?? '', line(2, 2, 99), LINES[2] ?? '']);
  await assert.rejects(verifyHistory(changed, ACCOUNT, key), /event 2, at position 2, does not lead to the root/);
  const stranger = await history([LINES[0] ?? '', line(2, 2, 20, 'somebody'), LINES[2] ?? '']);
  await assert.rejects(verifyHistory(stranger, ACCOUNT, key), /event 2 is not of this account/);
  const good = await history();
  await assert.rejects(verifyHistory(good.replace('"count":3', '"count":4'), ACCOUNT, key), /does not hold as many events/);
  await assert.rejects(verifyHistory(good.slice(0, -20), ACCOUNT, key), /cut off/);
  await assert.rejects(verifyHistory(good, 'another', key), /not the history of the account/);
});
