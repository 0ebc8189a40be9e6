/** The race of a run up to its lap: nothing later is in it. */
import { list, maybe, number, object, text, word } from '../lib/decode';
import type { Decoded } from '../lib/decode';
import { LAP_KINDS } from './autopsy';
import type { CarLaps, Lap } from './races';

export const field = object({
  position: number, id: text, lap: number, laps: number, kinds: list(word(LAP_KINDS, 'green')),
  cars: list(object({
    driver: text, elapsedMilliseconds: list(maybe(number)),
    stints: list(object({ compound: text, firstLap: number, lastLap: number, age: number })),
  })),
});

export type Field = Decoded<typeof field>;
export type FieldCar = Field['cars'][number];

/** A car as the charts of a whole race take it. */
export function carLaps({ driver, elapsedMilliseconds, stints }: FieldCar): CarLaps {
  const laps = elapsedMilliseconds.map((elapsed, before): Lap => {
    const lap = before + 1;
    const index = stints.findIndex(({ firstLap, lastLap }) => firstLap <= lap && lap <= lastLap);
    const stint = stints[index];
    const begun = before === 0 ? 0 : (elapsedMilliseconds[before - 1] ?? null);
    return {
      lap, elapsed, time: elapsed === null || begun === null ? null : elapsed - begun, compound: stint?.compound ?? null,
      tyreLaps: stint ? stint.age + lap - stint.firstLap + 1 : null, stint: index < 0 ? null : index + 1, place: null,
      isPitIn: stint !== undefined && lap === stint.lastLap && index < stints.length - 1,
      isPitOut: stint !== undefined && lap === stint.firstLap && index > 0, isCounted: true,
    };
  });
  return { code: driver, laps };
}
