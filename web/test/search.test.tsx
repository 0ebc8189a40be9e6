import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Race } from '../src/model/races';
import { hits, slug } from '../src/parts/search-index';

const race = {
  season: 2023, round: 6, gp: 'sao-paulo', name: 'São Paulo Grand Prix', circuit: 'interlagos',
  drivers: [{ code: 'HUL', name: 'Nico Hülkenberg', team: 'Haas F1 Team' }, { code: 'VER', name: 'Max Verstappen', team: 'Red Bull Racing' }],
} as unknown as Race;

test('races, teams and drivers are found by the beginnings of words, without accents', () => {
  assert.equal(hits([race], 'sao')[0]?.kind, 'Race');
  assert.deepEqual(hits([race], 'hulken').map(({ target }) => target.join('/')), ['autopsy/2023/sao-paulo/HUL']);
  assert.deepEqual(hits([race], 'red bull')[0]?.target, ['teams', 2023, 'red-bull-racing']);
  assert.equal(hits([race], 'ver 2023')[0]?.text.startsWith('Max Verstappen'), true);
});

test('nothing typed or nothing fitting gives no hit', () => {
  assert.deepEqual(hits([race], '  '), []);
  assert.deepEqual(hits([race], 'zzz'), []);
  assert.deepEqual(hits([], 'ver'), []);
});

test('no hit tells a result', () => {
  for (const hit of hits([race], '2023')) assert.ok(!/P\d|\d+\.\d+ s|won|lost/i.test(hit.text), hit.text);
});

test('a team is spelt in addresses as the server spells it', () => {
  assert.equal(slug('Haas F1 Team'), 'haas-f1-team');
  assert.equal(slug('Alfa Romeo / Sauber'), 'alfa-romeo-sauber');
});
