import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capital, clock, count, interval, lapRange, listed, moment, plural, seconds, span, words } from '../src/lib/format';

test('seconds carry a sign, a true minus and a space that does not break', () => {
  assert.equal(seconds(12_345), '+12.3\u00a0s');
  assert.equal(seconds(-4_000), '\u22124.0\u00a0s');
  assert.equal(seconds(-12, 3), '\u22120.012\u00a0s');
  assert.equal(seconds(-40), '0.0\u00a0s', 'what rounds to nothing has no sign');
  assert.equal(span(-1500), '1.5\u00a0s');
  assert.equal(interval(-1000, 2500), '\u22121.0 to +2.5\u00a0s');
});

test('lap times and race times', () => {
  assert.equal(clock(82_345), '1:22.345');
  assert.equal(clock(59_999), '0:59.999');
  assert.equal(clock(5_257_642), '1:27:37.642');
});

test('counts, ranges and lists read like sentences', () => {
  assert.equal(count(18_204), '18,204');
  assert.equal(plural(1, 'lap'), '1\u00a0lap');
  assert.equal(plural(1200, 'person', 'people'), '1,200\u00a0people');
  assert.equal(lapRange(5, 5), 'lap 5');
  assert.equal(lapRange(5, 9), 'laps 5\u20139');
  assert.equal(listed(['a', 'b', 'c']), 'a, b and c');
  assert.equal(words('virtualSafetyCar'), 'virtual safety car');
  assert.equal(capital('tyre wear'), 'Tyre wear');
});

test('moments are in UTC, and what is no time stays as it came', () => {
  assert.equal(moment('2026-05-03T14:02:11.5Z'), '3 May 2026, 14:02:11 UTC');
  assert.equal(moment('soon'), 'soon');
});
