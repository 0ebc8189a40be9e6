/** An autopsy as the server gives it. Times are ms; positive is time lost. */
import { capital } from '../lib/format';
import { flag, list, maybe, number, object, text, word } from '../lib/decode';
import type { Decoded } from '../lib/decode';
import { plan, planMembers } from './plan';

const interval = object({ low: number, high: number });
const cost = object({
  cause: text, title: text, milliseconds: number, interval: maybe(interval), share: maybe(number),
});

export const LAP_KINDS = ['green', 'yellow', 'virtualSafetyCar', 'safetyCar', 'red'] as const;
export type LapKind = typeof LAP_KINDS[number];

const lapRow = object({
  lap: number, kind: word(LAP_KINDS, 'green'), real: maybe(number), simulated: maybe(number), ideal: maybe(number),
  traffic: maybe(number), flagged: flag,
});

const event = object({
  event: text, firstLap: number, lastLap: number, milliseconds: maybe(number), compound: maybe(text),
  kind: maybe(text), reason: maybe(text), laneMilliseconds: maybe(number),
});

const stop = object({
  lap: number, compound: text, laneMilliseconds: maybe(number), crewMilliseconds: maybe(number),
  penaltyServedMilliseconds: maybe(number), assumed: flag,
});

const alternative = object({
  ...planMembers, finishMilliseconds: number, deltaMilliseconds: number, deltaInterval: maybe(interval), place: maybe(number),
  windows: list(object({ firstLap: number, lastLap: number })),
});

const parts = object({
  grid: number, trafficBeforeStop: number, decision: number, isHindsight: flag, trafficAfterStop: number, team: number,
  driver: number, flagged: number, bunching: number, luck: number, held: number, knockOn: number, penalty: number,
  redReset: number,
});

/** What the first page of a report holds, too. */
export const firstPage = {
  position: number, model: text, synthetic: flag, season: number, gp: text, driver: text, team: text,
  outcome: object({
    kind: text, place: maybe(number), lapsDown: maybe(number), lap: maybe(number), reason: maybe(text),
  }),
  laps: number, realMilliseconds: number, idealMilliseconds: number, gapToWinnerMilliseconds: maybe(number),
  totalLossMilliseconds: number, totalLossInterval: maybe(interval), costs: list(cost),
  residualMilliseconds: number, residualInterval: maybe(interval), unexplainedShare: maybe(number),
  verdict: text, replicates: maybe(number), flags: list(text),
};

export const autopsy = object({
  ...firstPage, parts, driverInterval: maybe(interval),
  bestLaneMilliseconds: maybe(number), stops: list(stop), realPlan: plan, idealPlan: plan, bestPlan: plan,
  calls: list(object({
    lap: number, compound: maybe(text), bestCompound: maybe(text), milliseconds: number,
  })),
  alternatives: list(alternative), timeline: list(event), lapRows: list(lapRow),
});

export const comparison = object({
  position: number, synthetic: flag, driver: text, reference: text, totalLossMilliseconds: number,
  costs: list(cost), residualMilliseconds: number,
});

export type Autopsy = Decoded<typeof autopsy>;
export type Comparison = Decoded<typeof comparison>;
export type Parts = Decoded<typeof parts>;
export type Cost = Decoded<typeof cost>;
export type LapRow = Decoded<typeof lapRow>;
export type AutopsyEvent = Decoded<typeof event>;
export type Interval = Decoded<typeof interval>;

/** Costs with the unexplained rest as a row of its own, in the server's order. */
export function rows(of: Pick<Autopsy, 'costs' | 'residualMilliseconds'> & Partial<Autopsy>): Cost[] {
  const named = of.costs.map((each) => ({ ...each, title: capital(each.title) }));
  return [...named, {
    cause: 'unexplained', title: 'Unexplained', milliseconds: of.residualMilliseconds,
    interval: of.residualInterval ?? null, share: of.unexplainedShare ?? null,
  }];
}

/** What the causes cost, what they won back, and what none of them explains; the three add up to the total. */
export function lostAndWon(costs: readonly Cost[]): { lost: number; won: number; unexplained: number } {
  const sums = { lost: 0, won: 0, unexplained: 0 };
  for (const { cause, milliseconds } of costs) {
    if (cause === 'unexplained') sums.unexplained += milliseconds;
    else if (milliseconds > 0) sums.lost += milliseconds;
    else sums.won -= milliseconds;
  }
  return sums;
}

/** Laps under a flag, as ranges of one kind. */
export function bands(of: readonly Pick<LapRow, 'lap' | 'kind'>[]): { kind: LapKind; first: number; last: number }[] {
  const found: { kind: LapKind; first: number; last: number }[] = [];
  for (const { lap, kind } of of) {
    if (kind === 'green' || kind === 'yellow') continue;
    const open = found[found.length - 1];
    if (open && open.kind === kind && open.last === lap - 1) open.last = lap;
    else found.push({ kind, first: lap, last: lap });
  }
  return found;
}
