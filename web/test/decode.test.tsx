import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DecodeError, flag, list, maybe, number, object, text, word } from '../src/lib/decode';
import { laps } from '../src/model/races';

const shape = object({ name: text, laps: list(object({ lap: number, ok: flag })), note: maybe(text) });

test('what fits is given as it is, and members that nobody asked for are ignored', () => {
  const value = { name: 'A', laps: [{ lap: 1, ok: true }], note: null, more: 1 };
  assert.deepEqual(shape(value, ''), { name: 'A', laps: [{ lap: 1, ok: true }], note: null });
  assert.equal(shape({ name: 'A', laps: [] }, '').note, null);
});

test('a field that is broken names its path', () => {
  const broken: [unknown, string][] = [
    [{ name: 1, laps: [] }, '/name'], [{ name: 'A', laps: [{ lap: '1', ok: true }] }, '/laps/0/lap'],
    [{ name: 'A', laps: {} }, '/laps'], [null, 'the answer'], [{ name: 'A', laps: [null] }, '/laps/0'],
    [{ name: 'A', laps: [{ lap: Number.NaN, ok: true }] }, '/laps/0/lap'],
  ];
  for (const [value, path] of broken) {
    assert.throws(() => shape(value, ''), (error: unknown) => error instanceof DecodeError && error.message.startsWith(path));
  }
});

test('a word that nobody knows becomes the fallback', () => {
  assert.equal(word(['a', 'b'], 'a')('z', ''), 'a');
});

test('laps come as columns in any order', () => {
  const [car] = laps({
    position: 1, synthetic: true, columns: ['timeMilliseconds', 'lap', 'pitInMilliseconds', 'compound'],
    drivers: [{ code: 'ADL', laps: [[90_000, 1, null, 'SOFT'], [null, 2, 5, null]] }],
  }, '');
  assert.equal(car?.laps[0]?.time, 90_000);
  assert.equal(car?.laps[1]?.lap, 2);
  assert.equal(car?.laps[1]?.isPitIn, true);
  assert.equal(car?.laps[0]?.isPitIn, false);
  assert.equal(car?.laps[0]?.elapsed, null, 'a column that is not there is unknown');
});
