import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { contrast, legible, parse } from '../src/lib/color';
import type { RGB } from '../src/lib/color';

const css = readFileSync('src/app.css', 'utf8');

/** The tokens of the first block that a selector opens. */
function tokens(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  assert.ok(start >= 0, `${selector} is not in app.css`);
  const block = css.slice(start, css.indexOf('}', start));
  const dark = selector === ':root' ? {} : tokens(':root');
  return { ...dark, ...Object.fromEntries([...block.matchAll(/--(\w+): (#[0-9a-f]{3,6})/g)].map((match) => [match[1] ?? '', match[2] ?? ''])) };
}

function rgb(hex: string | undefined): RGB {
  const found = parse(hex ?? '');
  assert.ok(found, `${hex} is no colour`);
  return found;
}

const TEXT = ['fg', 'mut', 'loss', 'gain', 'tot', 'sc', 'red', 'link'];
const GRAPHICS = ['loss', 'gain', 'tot', 'sc', 'red', 'focus', 'mut'];

for (const selector of [':root', ':root[data-theme=light]', ':root:not([data-theme=dark])']) {
  test(`${selector}: text has 4.5 : 1, graphics and the focus ring 3 : 1, on page, pane and under the pointer`, () => {
    const theme = tokens(selector);
    for (const ground of ['bg', 'pane', 'hover']) {
      for (const name of TEXT) {
        const found = contrast(rgb(theme[name]), rgb(theme[ground]));
        assert.ok(found >= 4.5, `--${name} on --${ground}: ${found.toFixed(2)}`);
      }
      for (const name of GRAPHICS) {
        const found = contrast(rgb(theme[name]), rgb(theme[ground]));
        assert.ok(found >= 3, `--${name} on --${ground}: ${found.toFixed(2)}`);
      }
    }
    assert.ok(contrast(rgb(theme.accfg), rgb(theme.acc)) >= 4.5);
  });
}

test('black text on every compound has 4.5 : 1', () => {
  const theme = tokens(':root');
  for (const name of ['S', 'M', 'H', 'I', 'W']) assert.ok(contrast([0, 0, 0], rgb(theme[name])) >= 4.5, name);
});

test('both light themes are the same', () => {
  assert.deepEqual(tokens(':root:not([data-theme=dark])'), tokens(':root[data-theme=light]'));
});

test('team colours become legible and otherwise stay', () => {
  for (const colour of ['E4572E', '17BEBB', '2E4FE4', 'FFFFFF', '000000', '6CD3BF']) {
    for (const [pane, fg] of [['#181b21', '#f2f4f7'], ['#ffffff', '#14171c']] as const) {
      assert.ok(contrast(rgb(legible(colour, pane, fg)), rgb(pane)) >= 3, `${colour} on ${pane}`);
    }
  }
  assert.equal(legible('E4572E', '#181b21', '#f2f4f7'), '#e4572e');
  assert.equal(legible('E4572E', '#fff', '#14171c'), '#e4572e', 'a pane of three digits is a pane');
  assert.equal(legible('nonsense', '#181b21', '#f2f4f7'), '#f2f4f7');
});
