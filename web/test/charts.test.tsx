import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { BlameBars, shares } from '../src/charts/BlameBars';
import { cleanStints } from '../src/charts/Degradation';
import { gapFinding, gapLines } from '../src/charts/GapTrace';
import { HBars } from '../src/charts/HBars';
import { StrategyBars, drivenStints, stopsFinding } from '../src/charts/StrategyBars';
import { Waterfall, waterfallFinding } from '../src/charts/Waterfall';
import { bands, lostAndWon, rows } from '../src/model/autopsy';
import type { Cost } from '../src/model/autopsy';
import type { CarLaps, Lap } from '../src/model/races';
import { csv } from '../src/parts/DataTable';

// Figures ask the window for a first width.
Object.assign(globalThis, { window: { innerWidth: 1000 } });

const markup = (element: ReactElement) => renderToStaticMarkup(element);
const cost = (cause: string, milliseconds: number, share: number | null = null): Cost =>
  ({ cause, title: cause, milliseconds, interval: { low: milliseconds - 500, high: milliseconds + 500 }, share });
const COSTS = [cost('Qualifying', 6600, 12), cost('Strategy', 16_500, 32), cost('Incidents', -19_500, 0), cost('unexplained', 17_900, 56)];
const lap = (number: number, more: Partial<Lap> = {}): Lap => ({
  lap: number, time: 90_000, elapsed: number * 90_000, compound: 'SOFT', tyreLaps: number, stint: 1, place: 1,
  isPitIn: false, isPitOut: false, isCounted: true, ...more,
});

test('a waterfall says what was lost, won back and left, and draws gains hatched', () => {
  assert.deepEqual(lostAndWon(COSTS), { lost: 23_100, won: 19_500, unexplained: 17_900 });
  const total = COSTS.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const html = markup(<Waterfall costs={COSTS} total={total} totalInterval={null} against="the ideal race" file="x" note="" choose={() => undefined} />);
  assert.match(html, /Lost 23\.1.s, won back 19\.5.s, unexplained \+17\.9.s, net \+21\.5.s against the ideal race/);
  assert.equal(html.match(/url\(#hatch-gain\)/g)?.length, 1);
  assert.equal(html.match(/url\(#hatch-tot\)/g)?.length, 1);
  assert.equal(html.match(/role="button"/g)?.length, COSTS.length);
  assert.match(html, /aria-label="Strategy: \+16\.5.s, \+16\.0 to \+17\.0.s"/);
});

test('charts survive nothing, one and equal values', () => {
  for (const costs of [[], [cost('Strategy', 0)], [cost('A', 5), cost('B', 5)]]) {
    const html = markup(<Waterfall costs={costs} total={0} totalInterval={null} against="x" file="x" note="" />);
    assert.ok(!/NaN|Infinity/.test(html), html.slice(0, 300));
  }
  for (const list of [[{ name: 'a', value: null, text: '–' }], [{ name: 'a', value: 0, text: '0' }], [{ name: 'a', value: 1, text: '1' }, { name: 'b', value: 1, text: '1' }]]) {
    assert.ok(!/NaN|Infinity/.test(markup(<HBars title="t" finding="f" rows={list} unit="u" file="x" />)));
  }
  assert.ok(!/NaN|Infinity/.test(markup(<StrategyBars title="t" finding="f" rows={[]} laps={0} bands={[]} file="x" />)));
  assert.equal(waterfallFinding([], 0, 'x').startsWith('Lost 0.0'), true);
});

test('blame sums to 100 and leaves gains out', () => {
  const found = shares(COSTS);
  assert.equal(found.reduce((sum, { percent }) => sum + percent, 0), 100);
  assert.ok(!found.some(({ cause }) => cause === 'Incidents'));
  assert.match(markup(<BlameBars costs={COSTS} file="x" />), /Won back, and no part of the blame: incidents −19\.5/);
});

test('rows of an autopsy end with what is unexplained, and add up to the total', () => {
  const all = rows({ costs: COSTS.slice(0, 3), residualMilliseconds: 17_900 });
  assert.equal(all[3]?.cause, 'unexplained');
  assert.equal(all.reduce((sum, { milliseconds }) => sum + milliseconds, 0), 21_500);
});

test('gaps of lapped cars are computed, and a car that is out has none', () => {
  const leader: CarLaps = { code: 'AAA', laps: [lap(1), lap(2), lap(3)] };
  const lapped: CarLaps = { code: 'BBB', laps: [lap(1, { elapsed: 100_000 }), lap(2, { elapsed: 290_000 })] };
  const lines = gapLines([leader, lapped], 3);
  assert.deepEqual(lines[1]?.values, [10_000, 110_000, null]);
  assert.match(gapFinding([lines[0] as (typeof lines)[number]]), /first over the line on 3 of 3/);
  assert.match(gapFinding([]), /no lap times/);
});

test('a pass through the lane is no stint, a change of tyres is one, used sets carry their age', () => {
  const car: CarLaps = {
    code: 'AAA', laps: [
      lap(1, { tyreLaps: 4 }), lap(2, { tyreLaps: 5, isPitIn: true }), lap(3, { tyreLaps: 6, isPitOut: true }),
      lap(4, { compound: 'HARD', stint: 2, tyreLaps: 1 }), lap(5, { compound: 'HARD', stint: 3, tyreLaps: 1 }),
    ],
  };
  assert.deepEqual(drivenStints(car), [
    { compound: 'SOFT', first: 1, last: 3, age: 3 }, { compound: 'HARD', first: 4, last: 4, age: 0 }, { compound: 'HARD', first: 5, last: 5, age: 0 },
  ]);
  assert.match(stopsFinding([{ name: 'A', stints: drivenStints(car) }]), /1 of 1 cars used 3/);
});

test('wear is fitted on clean laps only', () => {
  const laps = Array.from({ length: 12 }, (_, index) => lap(index + 1, { time: 90_000 + index * 100 }));
  laps[6] = lap(7, { time: 120_000 });
  const [stint] = cleanStints({ code: 'AAA', laps }, [{ first: 4, last: 5 }]);
  assert.deepEqual(stint?.dots.map((dot) => dot.lap), [2, 3, 6, 8, 9, 10, 11, 12]);
  assert.ok(Math.abs((stint?.slope ?? 0) - 100) < 1e-6);
});

test('laps under a flag are bands', () => {
  const kinds = ['green', 'safetyCar', 'safetyCar', 'green', 'red'] as const;
  assert.deepEqual(bands(kinds.map((kind, index) => ({ lap: index + 1, kind }))), [
    { kind: 'safetyCar', first: 2, last: 3 }, { kind: 'red', first: 5, last: 5 },
  ]);
});

test('CSV quotes what needs it, and defuses formulas', () => {
  const columns = [{ name: 'a,b', value: (row: string) => row }];
  assert.equal(csv(columns, ['x"y', '=1+1', 'plain']), '"a,b"\r\n"x""y"\r\n\'=1+1\r\nplain\r\n');
});
