import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lapTicks, linear, path, spread, ticks } from '../src/lib/scale';
import { fit } from '../src/charts/regression';
import { iqStep, lossStep, shareStep } from '../src/lib/bins';

test('a scale maps, inverts, and survives a domain without width', () => {
  const x = linear([0, 10], [100, 200]);
  assert.equal(x(5), 150);
  assert.equal(x.invert(150), 5);
  assert.equal(linear([3, 3], [0, 10])(3), 5);
});

test('ticks are 1, 2 or 5 times a power of ten and stay inside', () => {
  assert.deepEqual(ticks(0, 10, 5), [0, 2, 4, 6, 8, 10]);
  assert.deepEqual(ticks(-7000, 21_000, 6), [-5000, 0, 5000, 10_000, 15_000, 20_000]);
  assert.deepEqual(ticks(4, 4, 5), [4]);
  assert.deepEqual(lapTicks(57, 6), [1, 10, 20, 30, 40, 50]);
});

test('a path breaks where a value is missing', () => {
  assert.equal(path([{ x: 0, y: 1 }, { x: 1, y: 2 }, { x: 2, y: null }, { x: 3, y: 4 }]), 'M0 1L1 2M3 4');
  assert.equal(path([]), '');
});

test('labels keep their order and their distance', () => {
  const places = spread([10, 11, 12], 15, 0, 100);
  assert.deepEqual(places, [10, 25, 40]);
  assert.deepEqual(spread([95, 96], 15, 0, 100), [85, 100]);
});

test('a fitted line is that of textbooks', () => {
  const { slope, intercept, r2, slopeError } = fit([{ x: 1, y: 3 }, { x: 2, y: 5 }, { x: 3, y: 7 }]);
  assert.ok(Math.abs(slope - 2) < 1e-12 && Math.abs(intercept - 1) < 1e-12);
  assert.equal(r2, 1);
  assert.ok(slopeError < 1e-9);
  assert.equal(fit([{ x: 1, y: 3 }, { x: 1, y: 5 }]).slope, 0);
});

test('steps of the ramps', () => {
  assert.deepEqual([0, 1000, 1001, 4000, 16_000, 16_001].map(lossStep), [6, 6, 5, 4, 2, 1]);
  assert.deepEqual([0, 1, 9].map((runs) => shareStep(runs, 9)), [0, 1, 6]);
  assert.deepEqual([20, 55, 91].map(iqStep), [1, 2, 6]);
});
