import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToStaticMarkup } from 'react-dom/server';
import { BlameBars } from '../src/charts/BlameBars';
import { Paper } from '../src/charts/Figure';
import { IqOverTime, iqFinding } from '../src/charts/IqOverTime';
import { MiniBar, Sparkline } from '../src/charts/MiniBar';
import { DecodeError } from '../src/lib/decode';
import type { PlayerRun } from '../src/model/player';
import { report } from '../src/model/report';
import { asOf, asOfValue, moments } from '../src/parts/AsOf';
import { ranges } from '../src/parts/Evidence';

Object.assign(globalThis, { window: { innerWidth: 1000, addEventListener: () => undefined } });

const FIRST = {
  position: 7, model: 'abc', synthetic: true, preview: true, season: 2000, gp: 'sample', driver: 'ADL', team: 'Aurora', outcome: { kind: 'classified', place: 3 },
  laps: 57, realMilliseconds: 1, idealMilliseconds: 1, totalLossMilliseconds: 0, costs: [], residualMilliseconds: 0, verdict: 'No meaningful loss.', flags: [],
  heading: { circuit: 'ring', checkpoint: null, autopsy: null, permalink: '/report/2000/sample/adl?at=7&model=abc', api: '/api/v1/report/2000/sample/adl?asOf=7&model=abc' },
};

test('a first page is a report without the rest; a whole one needs all of it', () => {
  const found = report({ ...FIRST, title: 'For Pro accounts', status: 402 }, '');
  assert.equal(found.rest, null);
  assert.equal(found.verdict, 'No meaningful loss.');
  assert.throws(() => report({ ...FIRST, preview: false }, ''), (error: unknown) => error instanceof DecodeError && error.path === '/evidence');
  assert.throws(() => report({ ...FIRST, heading: {} }, ''), (error: unknown) => error instanceof DecodeError && error.path === '/heading/circuit');
});

test('on paper a figure has no tools, and a short table under it', () => {
  const costs = [{ cause: 'strategy_error', title: 'Strategy', milliseconds: 900, interval: null, share: 100 }];
  const screen = renderToStaticMarkup(<BlameBars costs={costs} file="x" />);
  const paper = renderToStaticMarkup(<Paper.Provider value><BlameBars costs={costs} file="x" /></Paper.Provider>);
  assert.ok(screen.includes('class="tools"') && !screen.includes('<table'));
  assert.ok(!paper.includes('class="tools"') && paper.includes('<table') && !paper.includes('<button'));
});

test('laps in a row are a range', () => {
  assert.equal(ranges([9, 7, 8, 3]), '3, 7–9');
  assert.equal(ranges([5]), '5');
  assert.equal(ranges([]), '');
});

test('an earlier moment is an event or a time, and nothing else', () => {
  assert.equal(moments('18204'), '18204');
  assert.equal(moments('2026-11-30T21:00Z'), '2026-11-30T21:00Z');
  for (const strange of ['0', '-1', '1e3', 'now', '2026-11-30', '2026-11-30T21:00:00', '']) assert.equal(moments(strange), null, strange);
  assert.equal(asOfValue('2026-11-30T21:00Z'), '2026-11-30T21:00:00.000000Z');
  assert.equal(asOfValue('2026-11-30T21:00:09Z'), '2026-11-30T21:00:09.000000Z');
  assert.equal(asOf('/a?x=1', '7'), '/a?x=1&asOf=7');
  assert.equal(asOf('/a', ''), '/a');
});

const played = (iqHundredths: number | null, ranked: boolean): PlayerRun =>
  ({ id: `run ${iqHundredths}`, season: 2000, round: 1, gp: 'sample', driver: 'ADL', ranked, attempt: 1, iqHundredths, toOptimumMilliseconds: 1200, endedAtPosition: 9 });

test('runs of a player are marked by whether they count', () => {
  const runs = [played(6000, true), played(8050, false), played(7000, true)];
  assert.equal(iqFinding(runs), '3\u00a0finished runs, 2 of them ranked; best 80.5, latest 70.0.');
  const html = renderToStaticMarkup(<IqOverTime runs={runs} file="x" />);
  assert.equal(html.match(/class="stop hollow"/g)?.length, 1);
  assert.match(html, /Run 3: 70\.0, ranked, ADL at Sample 2000/);
  assert.match(iqFinding([]), /No run/);
  for (const list of [[], [played(null, true)], [played(5000, true)]]) assert.ok(!/NaN|Infinity/.test(renderToStaticMarkup(<IqOverTime runs={list} file="x" />)));
});

test('small bars and lines survive nothing, one and equal values', () => {
  for (const element of [<MiniBar key="a" value={0} most={0} />, <MiniBar key="b" value={-5} most={5} />, <Sparkline key="c" values={[]} />, <Sparkline key="d" values={[null]} />, <Sparkline key="e" values={[3]} />, <Sparkline key="f" values={[3, null, 3]} />]) {
    assert.ok(!/NaN|Infinity/.test(renderToStaticMarkup(element)));
  }
});
