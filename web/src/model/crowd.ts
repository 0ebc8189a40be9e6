/** What the crowd and the model say was optimal, and where good decisions lie. */
import { flag, list, maybe, number, object, text } from '../lib/decode';
import type { Decoded } from '../lib/decode';

const laps = object({ firstLap: number, lastLap: number });

const tyreShare = object({ compound: text, share: number, low: number, high: number });

const stop = object({
  stop: number, window: laps, confidence: maybe(number), split: flag, otherWindow: maybe(laps), users: number,
  effectiveUsers: number, compound: maybe(text), compoundConfidence: maybe(number), compounds: list(tyreShare),
  undercutMilliseconds: maybe(number), densityMillionths: list(number), priorMillionths: list(number),
});

const windowMembers = {
  synthetic: flag, circuit: text, season: number, gp: text, laps: number,
  basis: maybe(text), label: maybe(text), confidence: maybe(number), users: maybe(number),
  simulations: maybe(number), accepted: maybe(number), sampleSize: maybe(number), effectiveUsers: maybe(number),
  stopCount: maybe(number), stopShares: maybe(list(object({ stops: number, share: number }))),
  stops: maybe(list(stop)),
};

export const windows = object({ position: number, model: text, ...windowMembers });
/** As they stand in a report, which says position and model itself. */
export const windowsInside = object(windowMembers);

export type Windows = Decoded<typeof windows>;
export type WindowStop = Decoded<typeof stop>;

const cell = object({
  first: number, second: maybe(number), modelMilliseconds: maybe(number), tyres: list(text), runs: number,
  accepted: number, meanIQ: maybe(number), meanRegretMilliseconds: maybe(number),
});

export const heatmap = object({
  position: number, model: text, synthetic: flag, circuit: text, season: number, gp: text, laps: number,
  stops: number, compound: maybe(text), runs: number, basis: text, cells: list(cell),
});

export type Heatmap = Decoded<typeof heatmap>;
export type HeatCell = Decoded<typeof cell>;

/** The ranked runs of one cell, best first. */
export const cellRuns = object({
  position: number, first: number, second: maybe(number),
  runs: list(object({
    simulation: text, user: text, name: maybe(text), driver: text, iq: maybe(number), toOptimumMilliseconds: maybe(number),
    start: maybe(text), stops: list(object({ lap: number, compound: text })),
  })),
});

export type CellRun = Decoded<typeof cellRuns>['runs'][number];
