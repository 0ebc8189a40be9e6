import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToStaticMarkup } from 'react-dom/server';
import { rejoinFinding, RejoinStrip, stacked } from '../src/charts/RejoinStrip';
import { carLaps, field } from '../src/model/field';
import type { Rejoin, Run, TowerRow } from '../src/model/simulation';
import { Tower, around, distance } from '../src/parts/Tower';

Object.assign(globalThis, { window: { innerWidth: 1000 } });

const row = (driver: string, place: number | null, gapMilliseconds: number | null, more: Partial<TowerRow> = {}): TowerRow => ({
  driver, place, gapMilliseconds, lapMilliseconds: 90_000, compound: 'SOFT', tyreLaps: 4, stops: 0, inLane: false, lastLap: null, ...more,
});
const ROWS = [row('AAA', 1, -5000), row('BBB', 2, -1200), row('OWN', 3, 0), row('CCC', 4, 900), row('OUT', null, null, { lastLap: 3 })];

test('a dozen rows around a car are as many as there are, and hold it', () => {
  const many = Array.from({ length: 20 }, (_, index) => row(`C${index}`, index + 1, index * 1000));
  for (const own of [0, 5, 19]) {
    const shown = around(many, `C${own}`, 12);
    assert.equal(shown.length, 12);
    assert.ok(shown.some(({ driver }) => driver === `C${own}`));
  }
  assert.equal(around(ROWS, 'OWN', 12).length, ROWS.length);
});

test('gaps are to any car, intervals to the one in front', () => {
  const [first, second, own, behind, out] = ROWS as [TowerRow, TowerRow, TowerRow, TowerRow, TowerRow];
  assert.equal(distance(ROWS, behind, 'OWN', false), 900);
  assert.equal(distance(ROWS, behind, 'AAA', false), 5900);
  assert.equal(distance(ROWS, own, 'OWN', true), 1200);
  assert.equal(distance(ROWS, second, 'OWN', true), 3800);
  assert.equal(distance(ROWS, first, 'OWN', true), null, 'nobody is in front of the first');
  assert.equal(distance(ROWS, out, 'OWN', false), null, 'a car that is out has no gap');
});

test('the tower marks the player and who is out, and says tyres in words', () => {
  const html = renderToStaticMarkup(<Tower run={{ driver: 'OWN', lap: 9, tower: ROWS } as unknown as Run} />);
  assert.match(html, /aria-current="true"[^]*OWN/);
  assert.match(html, /out, lap 3/);
  assert.match(html, /Soft, /);
  assert.match(html, /Order after lap 9; seconds to you/);
});

const rejoin: Rejoin = {
  place: 6, bestPlace: 5, worstPlace: 7, ahead: { driver: 'AAA', gapMilliseconds: 1200 }, behind: null,
  rivals: [{ driver: 'AAA', stopToCome: true, aheadPercent: 72.4 }],
};

test('where a stop comes out is a range with its neighbours', () => {
  assert.match(rejoinFinding(rejoin, 3), /P5 to P7, 3 places down: 1\.2.s behind AAA, with nobody behind/);
  const rejoins = { reachMilliseconds: 3000, greenMilliseconds: 30_000, virtualSafetyCarMilliseconds: 26_000, safetyCarMilliseconds: 22_000, field: [{ driver: 'AAA', milliseconds: 0 }, { driver: 'BBB', milliseconds: 27_000 }] };
  const html = renderToStaticMarkup(<RejoinStrip rejoin={rejoin} rejoins={rejoins} place={3} status="safetyCar" file="x" />);
  assert.equal(html.match(/class="own-range"/g)?.length, 1);
  assert.equal(html.match(/class="other-range"/g)?.length, 2);
  assert.match(html, /AAA 72 %/);
  assert.ok(!/NaN|Infinity/.test(html));
});

test('labels that would touch are stacked', () => {
  assert.deepEqual(stacked([0, 10, 40, 45, 100], 30), [0, 1, 0, 1, 0]);
  assert.deepEqual(stacked([], 30), []);
});

test('a field becomes laps with stops where sets change, and nothing beyond the lap', () => {
  const { cars } = field({
    position: 1, id: 'x', lap: 3, laps: 57, kinds: ['green', 'green', 'safetyCar'],
    cars: [{ driver: 'AAA', elapsedMilliseconds: [90_000, null, 280_000], stints: [{ compound: 'SOFT', firstLap: 1, lastLap: 2, age: 3 }, { compound: 'HARD', firstLap: 3, lastLap: 3, age: 0 }] }],
  }, '');
  const [car] = cars.map(carLaps);
  assert.equal(car?.laps.length, 3);
  assert.deepEqual(car?.laps.map(({ tyreLaps }) => tyreLaps), [4, 5, 1]);
  assert.deepEqual(car?.laps.map(({ isPitIn, isPitOut }) => [isPitIn, isPitOut]), [[false, false], [true, false], [false, true]]);
  assert.deepEqual(car?.laps.map(({ time }) => time), [90_000, null, null], 'a lap beside an unknown one has no time');
});
