import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToStaticMarkup } from 'react-dom/server';
import { changes, stateAt } from '../src/model/audit';
import type { AuditEvent } from '../src/model/audit';
import { browserOf } from '../src/pages/Account';
import { missing, safeNext } from '../src/pages/SignIn';
import { ErrorSummary, Field } from '../src/parts/Form';

test('only a path of ours is gone back to', () => {
  assert.equal(safeNext('/account?x=1'), '/account?x=1');
  for (const strange of [null, '', 'https://elsewhere.example', '//elsewhere.example', '/\\elsewhere.example', 'javascript:alert(1)']) assert.equal(safeNext(strange), '/');
});

const fields = (values: Parameters<typeof missing>[0], isNew: boolean) => missing(values, isNew).map(({ field }) => field);

test('what is missing is said before the server is asked', () => {
  assert.deepEqual(fields({ name: ' ', email: 'x', password: '' }, true), ['name', 'email', 'password']);
  assert.deepEqual(fields({ name: '', email: 'a@b', password: 'p' }, false), []);
});

test('errors are a summary with links, and stand at their fields', () => {
  const html = renderToStaticMarkup(<ErrorSummary errors={[{ field: 'email', text: 'Enter it.' }, { field: null, text: 'Try later.' }]} />);
  assert.match(html, /role="alert"/);
  assert.match(html, /<a href="#email">Enter it\.<\/a>/);
  const field = renderToStaticMarkup(<Field id="password" label="Password" type="password" autoComplete="new-password" value="" change={() => undefined} error="Too short." hint="Eight." />);
  assert.match(field, /aria-invalid="true" aria-describedby="password-hint password-error"/);
  assert.match(field, /autoComplete="new-password"|autocomplete="new-password"/i);
  assert.match(field, /Show<span class="hidden"> password/);
});

test('a browser is called as people call it', () => {
  assert.equal(browserOf('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36'), 'Chrome on Linux');
  assert.equal(browserOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Safari/604'), 'Safari on iPhone');
  assert.equal(browserOf('curl/7.88.1'), 'curl');
  assert.equal(browserOf(''), 'A device without a name');
});

const event = (version: number, type: string, data: unknown): AuditEvent =>
  ({ position: version, version, type, at: '', actor: null, actorVersion: null, command: null, data, hidden: null });
const EVENTS = [
  event(1, 'SimulationStarted', { startLap: 5, startCompound: 'SOFT', forkOf: 'parent' }),
  event(2, 'SimulationAdvanced', { lap: 9 }),
  event(3, 'DecisionMade', { lap: 10, kind: 'pit', compound: 'HARD', regret: 800 }),
  event(4, 'DecisionMade', { lap: 11, kind: 'pace', compound: null, pace: 'push', regret: 200 }),
  event(5, 'DecisionMade', { lap: 57, kind: 'finish', regret: 0 }), event(6, 'SimulationFinished', { iq: 8123 }),
];

test('a run is rebuilt up to any of its events', () => {
  assert.deepEqual(stateAt(EVENTS, 1), { lap: 5, compound: 'SOFT', stops: [], pace: 'normal', decisions: 0, regret: 0, iq: null, forkOf: 'parent' });
  const end = stateAt(EVENTS, 6);
  assert.deepEqual([end.lap, end.compound, end.pace, end.decisions, end.regret, end.iq], [57, 'HARD', 'push', 3, 1000, 8123]);
  assert.deepEqual(end.stops, [{ lap: 10, compound: 'HARD' }]);
  assert.equal(stateAt([event(1, 'DecisionMade', { lap: 2, kind: 'pit', compound: 'HARD', regret: null })], 1).regret, null, 'what is withheld is not counted as nothing');
});

test('what an event says otherwise than the one before is named', () => {
  assert.deepEqual(changes({ lap: 10, compound: 'HARD' }, { lap: 12, compound: 'HARD', pace: 'push' }), [{ name: 'lap', from: '10', to: '12' }, { name: 'pace', from: '–', to: 'push' }]);
  assert.deepEqual(changes(null, null), []);
});
