import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToStaticMarkup } from 'react-dom/server';
import { ByRace } from '../src/charts/ByRace';
import { Candidates, candidatesFinding } from '../src/charts/Candidates';
import { againstPace, behindCar, gapLines } from '../src/charts/GapTrace';
import { placeFinding, placeLines } from '../src/charts/LapChart';
import { StopDensity } from '../src/charts/StopDensity';
import { differenceStep } from '../src/lib/bins';
import type { HeatCell, Heatmap, WindowStop } from '../src/model/crowd';
import { candidates } from '../src/model/strategies';
import type { CarLaps } from '../src/model/races';

Object.assign(globalThis, { window: { innerWidth: 1000 } });

const cell = (first: number, second: number | null, modelMilliseconds: number | null, tyres: string[], accepted = 0): HeatCell =>
  ({ first, second, modelMilliseconds, tyres, runs: accepted, accepted, meanIQ: null, meanRegretMilliseconds: null });
const map = (stops: number, cells: HeatCell[]) => ({ stops, cells } as unknown as Heatmap);
const ONE = map(1, [cell(20, null, 900, ['SOFT', 'HARD'], 3), cell(21, null, 500, ['SOFT', 'HARD'], 1), cell(22, null, 4000, ['SOFT', 'HARD'], 5), cell(10, null, 2500, ['HARD', 'SOFT'])]);
const TWO = map(2, [cell(15, 36, 0, ['SOFT', 'MEDIUM', 'SOFT'], 1), cell(16, 38, 1000, ['SOFT', 'MEDIUM', 'SOFT']), cell(5, 9, null, [])]);

test('the best laps of each sequence of tyres, with the laps that cost at most a second more', () => {
  const rows = candidates([ONE, TWO], 5);
  assert.deepEqual(rows.map(({ milliseconds }) => milliseconds), [0, 500, 2500]);
  assert.deepEqual(rows[0]?.windows, [{ firstLap: 15, lastLap: 16 }, { firstLap: 36, lastLap: 38 }]);
  assert.deepEqual(rows[1]?.windows, [{ firstLap: 20, lastLap: 21 }]);
  assert.equal(rows[1]?.runs, 4);
  assert.equal(rows[1]?.share, 0.4, 'of ten good runs four stopped within the range');
  assert.equal(candidates([ONE, TWO], 2).length, 2);
});

test('without good runs there is no share, and without plans nothing to compare', () => {
  assert.equal(candidates([map(1, [cell(20, null, 0, ['SOFT', 'HARD'])])], 5)[0]?.share, null);
  assert.deepEqual(candidates([], 5), []);
  assert.match(candidatesFinding([]), /no legal strategy/);
  assert.match(candidatesFinding(candidates([ONE, TWO], 5)), /Best: Soft, Medium after laps 15–16, Soft after laps 36–38; Soft, Hard after laps 20–21 is \+0\.5/);
});

test('strategies are drawn with a bracket a stop', () => {
  const html = renderToStaticMarkup(<Candidates rows={candidates([ONE, TWO], 5)} laps={57} file="x" note="" />);
  assert.equal(html.match(/class="range"/g)?.length, 4);
  assert.match(html, /40.%, 4/);
  assert.ok(!/NaN|Infinity/.test(renderToStaticMarkup(<Candidates rows={[]} laps={0} file="x" note="" />)));
});

const stop = (number: number, more: Partial<WindowStop> = {}): WindowStop => ({
  stop: number, window: { firstLap: 2, lastLap: 3 }, confidence: 40, split: false, otherWindow: null, users: 3, effectiveUsers: 3, compound: null,
  compoundConfidence: null, compounds: [], undercutMilliseconds: null, densityMillionths: [0, 0, 500_000, 300_000, 200_000], priorMillionths: [0, 0, 200_000, 300_000, 500_000], ...more,
});

test('the density of a stop has its window, its prior and the real stops', () => {
  const html = renderToStaticMarkup(<StopDensity stops={[stop(1, { otherWindow: { firstLap: 4, lastLap: 4 } })]} laps={4} real={[{ code: 'AAA', lap: 3 }]} file="x" isModelOnly={false} />);
  assert.match(html, /1: 2–3/);
  assert.match(html, /Lap 2: stop 1 50\.0 %, model 20\.0 %/);
  assert.match(html, />AAA</);
  assert.equal(html.match(/class="area"/g)?.length, 1);
  const alone = renderToStaticMarkup(<StopDensity stops={[stop(1)]} laps={4} real={[]} file="x" isModelOnly />);
  assert.ok(!alone.includes('class="area"') && alone.includes('class="prior"'));
  assert.ok(!/NaN|Infinity/.test(renderToStaticMarkup(<StopDensity stops={[]} laps={0} real={[]} file="x" isModelOnly />)));
});

const car = (code: string, elapsed: readonly number[]): CarLaps => ({
  code, laps: elapsed.map((time, index) => ({ lap: index + 1, time: null, elapsed: time, compound: 'SOFT', tyreLaps: 1, stint: 1, place: null, isPitIn: false, isPitOut: false, isCounted: true })),
});
const CARS = [car('AAA', [100, 200, 300]), car('BBB', [110, 190, 310]), car('CCC', [150, 280])];

test('places are the order over the line; a car that is out has none', () => {
  const lines = placeLines(CARS, 3);
  assert.deepEqual(lines.map(({ values }) => values), [[1, 2, 1], [2, 1, 2], [3, 3, null]]);
  assert.match(placeFinding(lines[1]), /BBB ended where it was after lap 1, P2 to P2; between P1 and P2/);
  assert.match(placeFinding(undefined), /no places/);
});

test('gaps to one car have it at zero, and an even pace is that of the first car', () => {
  const gaps = behindCar(gapLines(CARS, 3), 'BBB');
  assert.deepEqual(gaps.map(({ values }) => values), [[-10, 10, -10], [0, 0, 0], [40, 90, null]]);
  assert.deepEqual(againstPace(CARS, 3).map(({ values }) => values), [[0, 0, 0], [10, -10, 10], [50, 80, null]]);
  assert.deepEqual(againstPace([], 2), []);
});

test('a difference has a sign, and is none within a second', () => {
  assert.deepEqual([-9000, -2000, 0, 800, 2000, 9000].map(differenceStep), [7, 8, 9, 9, 10, 11]);
});

test('marks of a race of one value stand beside each other', () => {
  const marks = [{ race: 'One', car: 'AAA', value: 0 }, { race: 'One', car: 'AAA', value: 0 }, { race: 'One', car: 'BBB', value: 1, isHollow: true }];
  const html = renderToStaticMarkup(<ByRace title="t" finding="f" columns={[]} marks={marks} races={['One', 'Two']} cars={['AAA', 'BBB']} ticks={[0, 1]} domain={[0, 1]} format={String} label="x" file="x" note="n" />);
  const places = [...html.matchAll(/<circle cx="([\d.]+)"/g)].map((match) => Number(match[1]));
  assert.equal(places.length, 2);
  assert.equal((places[1] ?? 0) - (places[0] ?? 0), 14);
  assert.match(html, /stop hollow/);
});
