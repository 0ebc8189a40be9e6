/** Races, their drivers and their laps, as the server gives them. */
import { flag, list, maybe, number, object, text } from '../lib/decode';
import type { Decoded, Decoder } from '../lib/decode';

const driver = object({
  code: text, name: text, team: text, colour: maybe(text), number: maybe(number), grid: maybe(number),
});

const raceMembers = {
  season: number, round: number, gp: text, name: text, circuit: text, date: maybe(text), laps: number,
  synthetic: flag, quality: text, compounds: list(text), drivers: list(driver),
};

export const race = object(raceMembers);
export const races = object({ position: number, model: text, races: list(race) });

const decisionPoint = object({ driver: text, lap: number, startLap: number });

export const raceDetail = object({
  position: number, model: text, synthetic: flag,
  race: object({
    ...raceMembers,
    qualityNote: text,
    rules: object({ minimumDryCompounds: number, minimumStops: number, maximumStintLaps: maybe(number) }),
    provenance: list(object({ part: text, source: text })),
  }),
  modelled: maybe(object({ fuelMicroseconds: maybe(number), wet: flag, playable: list(text), compounds: list(text) })),
  decisionPoints: list(decisionPoint),
  notModelled: maybe(text),
});

export type Driver = Decoded<typeof driver>;
export type Race = Decoded<typeof race>;
export type RaceDetail = Decoded<typeof raceDetail>;
export type DecisionPoint = Decoded<typeof decisionPoint>;

/** One lap of one car; what is unknown is null. */
export interface Lap {
  readonly lap: number;
  readonly time: number | null;
  readonly elapsed: number | null;
  readonly compound: string | null;
  readonly tyreLaps: number | null;
  readonly stint: number | null;
  readonly place: number | null;
  readonly isPitIn: boolean;
  readonly isPitOut: boolean;
  readonly isCounted: boolean;
}

export interface CarLaps {
  readonly code: string;
  readonly laps: readonly Lap[];
}

const cell: Decoder<number | string | null> = (value, path) =>
  value === null || typeof value === 'string' ? value : number(value, path);
const table = object({
  position: number, synthetic: flag, columns: list(text),
  drivers: list(object({ code: text, laps: list(list(cell)) })),
});

function numeric(row: readonly (number | string | null)[], index: number): number | null {
  const found = row[index];
  return typeof found === 'number' ? found : null;
}

/** Laps come as columns and rows, a quarter of the size of objects. */
export const laps: Decoder<CarLaps[]> = (value, path) => {
  const { columns, drivers } = table(value, path);
  const at = (name: string) => columns.indexOf(name);
  const places = {
    lap: at('lap'), time: at('timeMilliseconds'), elapsed: at('elapsedMilliseconds'), compound: at('compound'),
    tyreLaps: at('tyreLaps'), stint: at('stint'), place: at('place'), pitIn: at('pitInMilliseconds'),
    pitOut: at('pitOutMilliseconds'), counted: at('counted'),
  };
  return drivers.map(({ code, laps: rows }) => ({
    code,
    laps: rows.map((row): Lap => {
      const compound = row[places.compound];
      return {
        lap: numeric(row, places.lap) ?? 0, time: numeric(row, places.time), elapsed: numeric(row, places.elapsed),
        compound: typeof compound === 'string' ? compound : null, tyreLaps: numeric(row, places.tyreLaps),
        stint: numeric(row, places.stint), place: numeric(row, places.place),
        isPitIn: numeric(row, places.pitIn) !== null, isPitOut: numeric(row, places.pitOut) !== null,
        isCounted: numeric(row, places.counted) === 1,
      };
    }),
  }));
};

/** The car itself, the one that finished before it, and the winner. */
export function focusOf(cars: readonly CarLaps[], own: string): string[] {
  const distance = Math.max(0, ...cars.map((car) => car.laps.length));
  const end = (car: CarLaps) => car.laps[car.laps.length - 1]?.elapsed ?? Infinity;
  const order = [...cars].sort((a, b) => end(a) - end(b)).filter((car) => car.laps.length === distance);
  const index = order.findIndex(({ code }) => code === own);
  return [...new Set([own, order[index - 1]?.code ?? order[1]?.code, order[0]?.code])].filter((code): code is string => !!code);
}

const neighbour = object({ driver: text, gapMilliseconds: number });

/** What another pit lap would have brought a driver. */
export const pitLaps = object({
  position: number, synthetic: flag, driver: text, start: text, stopLossMilliseconds: maybe(number),
  pitLaps: list(object({
    lap: number, trackStatus: text, regretMilliseconds: maybe(number), compound: maybe(text),
    rejoinPlace: maybe(number), ahead: maybe(neighbour), behind: maybe(neighbour), undercutMilliseconds: maybe(number),
    overcutMilliseconds: maybe(number),
  })),
});
