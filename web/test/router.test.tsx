import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import table from '../src/routes.json';
import { match, oneOf, to, wholeNumber } from '../src/lib/router';
import { pages } from '../src/parts/pages';

test('paths lead to pages with their parameters', () => {
  assert.equal(match('/')?.page, 'landing');
  assert.deepEqual(match('/autopsy/2023/monaco/VER')?.parameters, { year: '2023', gp: 'monaco', driver: 'VER' });
  assert.equal(match('/heatmap/blame/2000')?.page, 'blame');
  assert.equal(match('/heatmap/monaco/2000')?.page, 'heatmap');
  assert.equal(match('/autopsy/2023/monaco'), null);
  assert.equal(match('/nowhere'), null);
});

test('segments are encoded and read back, and a broken one is no page', () => {
  const strange = 'são paulo/ü?';
  assert.equal(match(to('u', strange))?.parameters.id, strange);
  assert.equal(match('/u/%E0%A4%A'), null);
});

test('every route has a page, and every page a route', () => {
  assert.deepEqual([...new Set(table.map(({ page }) => page))].sort(), Object.keys(pages).sort());
  const files = readdirSync('src/pages').length;
  assert.ok(files >= Object.keys(pages).length);
});

test('what is wrong in a query falls back', () => {
  assert.equal(oneOf(['a', 'b'])('c'), null);
  assert.equal(oneOf(['a', 'b'])('b'), 'b');
  assert.equal(wholeNumber(1, 57)('58'), null);
  assert.equal(wholeNumber(1, 57)('1e1'), null);
  assert.equal(wholeNumber(1, 57)('40'), 40);
});
