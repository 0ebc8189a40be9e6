/** A season by teams and drivers: who loses seconds where. */
import { flag, list, maybe, number, object, text } from '../lib/decode';
import type { Decoded } from '../lib/decode';

const interval = object({ low: number, high: number });
const seasonMembers = {
  position: number, model: text, synthetic: flag, season: number, computed: number, pending: list(text),
  notModelled: list(text), races: list(object({ round: number, gp: text, name: text })),
};

const figure = object({ milliseconds: maybe(number), plainMilliseconds: maybe(number), interval: maybe(interval) });
const calls = object({ inWindow: number, early: number, late: number });

const teamMembers = {
  team: text, slug: text, colour: maybe(text), drivers: list(text), raceCount: number, isProvisional: flag,
  costs: list(object({
    cause: text, title: text, milliseconds: maybe(number), interval: maybe(interval), pointsLost: maybe(number),
  })),
  residual: figure, decision: figure, luck: figure,
  pitStops: object({ count: number, medianMilliseconds: maybe(number), slowestTenthMilliseconds: maybe(number) }),
  calls: maybe(calls), safetyCarRegretMilliseconds: maybe(number),
  trend: list(object({ round: number, milliseconds: list(maybe(number)) })),
};

export const team = object(teamMembers);
export const teams = object({ ...seasonMembers, teams: list(team) });

const driverRace = object({
  round: maybe(number), gp: maybe(text), reason: maybe(text), totalLossMilliseconds: maybe(number),
  costs: list(object({ cause: text, milliseconds: number, interval: maybe(interval) })),
  pitStops: list(number), calls: maybe(calls),
});

export const teamDetail = object({
  ...seasonMembers, ...teamMembers, cars: list(object({ driver: text, races: list(driverRace) })),
});

const blameCell = object({
  round: number, gp: maybe(text), reason: maybe(text), milliseconds: maybe(number), interval: maybe(interval),
  uncertain: maybe(flag), placesLost: maybe(number), pointsLost: maybe(number),
});

export const blame = object({
  ...seasonMembers, cause: text, title: text,
  drivers: list(object({ driver: text, team: text, colour: maybe(text), races: list(blameCell) })),
});

export type Team = Decoded<typeof team>;
export type Teams = Decoded<typeof teams>;
export type TeamDetail = Decoded<typeof teamDetail>;
export type Blame = Decoded<typeof blame>;
export type BlameCell = Decoded<typeof blameCell>;

export const CAUSES = [
  { key: 'qualifying_cost', word: 'qualifying' }, { key: 'tyre_degradation_cost', word: 'tyre wear' },
  { key: 'pit_execution_cost', word: 'pit stops' }, { key: 'strategy_error', word: 'strategy' },
  { key: 'car_pace_deficit', word: 'car pace' }, { key: 'incident_impact', word: 'incidents' },
] as const;
