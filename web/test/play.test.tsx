import assert from 'node:assert/strict';
import { test } from 'node:test';
import { called, drive, goalOf, interruptionText, isNeutralised, isPossible, lapLine, mustChoose, ownStints } from '../src/model/play';
import type { NextLap, Run } from '../src/model/simulation';
import { inWords, stints } from '../src/model/plan';

const next: NextLap = {
  lap: 6, trackStatus: 'green', mayStay: true, compounds: ['SOFT', 'HARD'], freeChange: false, paces: ['normal'],
  decided: null, compoundRuleMet: false, stopsOwed: 0, boxNow: null, rejoins: null,
};
const run = {
  lap: 5, laps: 57, place: 7, ahead: { driver: 'GRA', gapMilliseconds: 260 }, behind: null, next,
} as unknown as Run;
let number = 0;
const key = () => `key ${(number += 1)}`;

test('driving on sends the call for the next lap first, then the laps', () => {
  const commands = drive(run, { kind: 'pit', compound: 'HARD' }, 9, key);
  assert.deepEqual(commands.map(({ path, body }) => [path, body]), [['decisions', { lap: 6, kind: 'pit', compound: 'HARD' }], ['advance', { toLap: 9 }]]);
  assert.equal(new Set(commands.map((command) => command.key)).size, 2, 'each command has a key of its own');
});

test('behind the last lap comes the flag', () => {
  assert.deepEqual(drive(run, null, 99, key).map(({ path, body }) => [path, body]), [['advance', { toLap: 57 }], ['finish', {}]]);
  assert.deepEqual(drive({ ...run, next: null }, null, 1, key).map(({ path }) => path), ['finish']);
});

test('commands on their way lead to a lap, from which the next ones go on', () => {
  assert.equal(goalOf([]), null);
  assert.equal(goalOf([{ path: 'decisions', body: { lap: 6 }, key: 'a' }]), null);
  assert.equal(goalOf([...drive(run, null, 9, key), ...drive(run, null, 10, key)]), 10);
});

test('what a run on waits for goes with the laps', () => {
  const [advance] = drive(run, null, 9, key, ['rivalStop', 'place']);
  assert.deepEqual(advance?.body, { toLap: 9, stopOn: ['rivalStop', 'place'] });
});

test('calling the same again takes it back', () => {
  const hard = { kind: 'pit', compound: 'HARD' } as const;
  assert.equal(called(hard, { ...hard }), null);
  assert.deepEqual(called(hard, { kind: 'pit', compound: 'SOFT' }), { kind: 'pit', compound: 'SOFT' });
});

test('what is possible is what the server says', () => {
  assert.ok(isPossible({ kind: 'pit', compound: 'HARD' }, next));
  assert.ok(!isPossible({ kind: 'pit', compound: 'WET' }, next));
  assert.ok(!isPossible({ kind: 'pace', pace: 'push' }, next));
  assert.ok(!isPossible({ kind: 'stay' }, { ...next, mayStay: false }));
  const worn = { ...run, next: { ...next, mayStay: false } };
  assert.ok(mustChoose(worn, null) && !mustChoose(worn, { kind: 'pit', compound: 'SOFT' }) && !mustChoose(run, null));
  assert.ok(isNeutralised('virtualSafetyCar') && !isNeutralised('yellow'));
});

test('a lap is one line, and an interruption says what to do', () => {
  assert.equal(lapLine(run), 'Lap 5 of 57. P7. 0.3 s behind GRA.');
  assert.match(interruptionText({ lap: 48, reason: 'mustStop', trackStatus: null, driver: null, place: null }), /Choose a tyre/);
  assert.match(interruptionText({ lap: 12, reason: 'trackStatus', trackStatus: 'green', driver: null, place: null }), /green again/);
  assert.match(interruptionText({ lap: 12, reason: 'rivalStop', trackStatus: null, driver: 'GRA', place: null }), /GRA has come in/);
  assert.match(interruptionText({ lap: 12, reason: 'place', trackStatus: null, driver: null, place: 4 }), /P4 now/);
});

test('stints end with the lap of their stop', () => {
  const plan = { start: 'MEDIUM', stops: [{ lap: 20, compound: 'HARD', age: 3, free: false }] };
  assert.deepEqual(stints(plan, 57), [
    { compound: 'MEDIUM', age: 0, first: 1, last: 20 }, { compound: 'HARD', age: 3, first: 21, last: 57 },
  ]);
  assert.equal(stints(plan, 12).length, 1, 'what is still to come is not drawn');
  assert.equal(inWords(plan), 'Medium, Hard after lap 20');
  assert.equal(inWords({ start: 'HARD', stops: [] }), 'Hard to the flag');
});

test('stints so far begin where the player began', () => {
  const hard = { compound: 'HARD', laps: 22, wear: 20 };
  const taken = { ...run, startLap: 35, lap: 37, tyre: hard, stops: [], decisions: [] } as unknown as Run;
  assert.deepEqual(ownStints(taken), [{ compound: 'HARD', age: 20, first: 36, last: 37 }]);
  const stops = [{ lap: 36, compound: 'SOFT', age: 0, free: false }];
  assert.deepEqual(ownStints({ ...taken, stops }), [{ compound: '', age: 0, first: 36, last: 36 }, { compound: 'SOFT', age: 0, first: 37, last: 37 }]);
  const started = { ...taken, startLap: 1, lap: 5, decisions: [{ lap: 1, kind: 'start', compound: 'MEDIUM' }] } as unknown as Run;
  assert.deepEqual(ownStints(started), [{ compound: 'MEDIUM', age: 0, first: 1, last: 5 }]);
});
