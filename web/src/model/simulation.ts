/** A run as its player may see it, and what it is set beside once it is over. */
import { flag, list, maybe, number, object, text, word } from '../lib/decode';
import type { Decoded } from '../lib/decode';
import { LAP_KINDS } from './autopsy';
import { plan, stop } from './plan';

const gap = object({ driver: text, gapMilliseconds: number });
const rejoin = object({
  place: number, bestPlace: number, worstPlace: number, ahead: maybe(gap), behind: maybe(gap),
  rivals: list(object({ driver: text, stopToCome: flag, aheadPercent: number })),
});

/** Where everybody would be on the line, and the car for each price of a stop, ms behind the first. */
const rejoins = object({
  reachMilliseconds: number, greenMilliseconds: number, virtualSafetyCarMilliseconds: number, safetyCarMilliseconds: number,
  field: list(object({ driver: text, milliseconds: number })),
});

const towerRow = object({
  driver: text, place: maybe(number), gapMilliseconds: maybe(number), lapMilliseconds: maybe(number), compound: maybe(text),
  tyreLaps: maybe(number), stops: number, inLane: flag, lastLap: maybe(number),
});

const decision = object({
  lap: number, kind: text, compound: maybe(text), pace: maybe(text), regretMilliseconds: maybe(number),
  optimal: maybe(flag),
});

const next = object({
  lap: number, trackStatus: word(LAP_KINDS, 'green'), mayStay: flag, compounds: list(text), freeChange: flag,
  paces: list(text), decided: maybe(decision), compoundRuleMet: flag, stopsOwed: number, boxNow: maybe(rejoin),
  rejoins: maybe(rejoins),
});

const result = object({
  iq: number, pitTiming: maybe(number), tyreEfficiency: maybe(number), safetyCarReaction: maybe(number),
  raceOutcome: maybe(number), totalMilliseconds: number, toOptimumMilliseconds: number,
  toRealMilliseconds: maybe(number), place: maybe(number), attempt: number, ranked: flag, stopCount: number,
  optimumMilliseconds: maybe(number), optimalPlan: plan, realPlan: plan, replayErrorMilliseconds: maybe(number),
});

const members = {
  position: number, model: text, synthetic: flag, id: text, version: number, player: text, season: number,
  round: number, driver: text, mode: text, ranked: flag, forkOf: maybe(text), status: text, startLap: number,
  laps: number, lap: number, elapsedMilliseconds: maybe(number), lapMilliseconds: maybe(number),
  place: maybe(number), toRealMilliseconds: number, replayErrorMilliseconds: number, ahead: maybe(gap), behind: maybe(gap), tower: list(towerRow),
  tyre: object({ compound: text, laps: number, wear: number }), pace: text, stops: list(stop),
  next: maybe(next), decisions: list(decision), result: maybe(result),
};

const interruption = object({ lap: number, reason: text, trackStatus: maybe(text), driver: maybe(text), place: maybe(number) });

export const run = object(members);
export const outcome = object({ ...members, firstPosition: number, interruption: maybe(interruption) });

export type Run = Decoded<typeof run>;
export type Outcome = Decoded<typeof outcome>;
export type TowerRow = Decoded<typeof towerRow>;
export type Rejoin = Decoded<typeof rejoin>;
export type Rejoins = Decoded<typeof rejoins>;
export type NextLap = Decoded<typeof next>;
export type RunResult = Decoded<typeof result>;
export type RunDecision = Decoded<typeof decision>;
export type Interruption = Decoded<typeof interruption>;

const benchmark = object({ plan, finishMilliseconds: number, place: maybe(number), iq: maybe(number) });

export const review = object({
  position: number, id: text,
  stops: list(object({
    window: list(number), laps: list(object({ lap: number, milliseconds: maybe(number) })),
  })),
  optimum: maybe(benchmark), unforeseeing: maybe(benchmark), real: maybe(benchmark),
  expectedCostMilliseconds: maybe(number), randomIQ: maybe(number),
});

export type Review = Decoded<typeof review>;

const FLAGS: Readonly<Record<string, string>> = {
  green: 'Green', yellow: 'Yellow', virtualSafetyCar: 'VSC', safetyCar: 'SC', red: 'RED',
};

export const flagWord = (kind: string) => FLAGS[kind] ?? kind;

/** A decision in words: `Box for Hard`, `Stay out`, `Push`. */
export function decided({ kind, compound, pace }: Pick<RunDecision, 'kind' | 'compound' | 'pace'>): string {
  if (kind === 'pace') return `Pace: ${pace ?? 'normal'}`;
  if (kind === 'pit' || compound) return `Box for ${(compound ?? 'new tyres').toLowerCase()}`;
  return 'Stay out';
}

