/** Strategies: a start tyre and its changes. */
import { flag, list, number, object, text } from '../lib/decode';
import type { Decoded } from '../lib/decode';

export const stop = object({ lap: number, compound: text, age: number, free: flag });
export const planMembers = { start: text, stops: list(stop) };
export const plan = object(planMembers);

export type Stop = Decoded<typeof stop>;
export type Plan = Decoded<typeof plan>;

export interface Stint {
  readonly compound: string;
  readonly first: number;
  readonly last: number;
  /** Laps on the tyres before the stint began. */
  readonly age: number;
}

/** A stop on lap 20 ends a stint with lap 20. */
export function stints(of: Plan, last: number): Stint[] {
  const changes = [...of.stops].sort((a, b) => a.lap - b.lap);
  const starts = [{ lap: 0, compound: of.start, age: 0 }, ...changes];
  return starts
    .map(({ lap, compound, age }, index) => ({
      compound, age, first: lap + 1, last: Math.min(last, starts[index + 1]?.lap ?? last),
    }))
    .filter((stint) => stint.last >= stint.first);
}

const LETTERS: Readonly<Record<string, string>> = {
  SOFT: 'S', MEDIUM: 'M', HARD: 'H', INTERMEDIATE: 'I', WET: 'W',
};

export const letter = (compound: string | null) => (compound && LETTERS[compound]) ?? '?';

export const spoken = (compound: string | null) =>
  compound ? compound.charAt(0) + compound.slice(1).toLowerCase() : 'Unknown tyre';

/** `Medium, Hard on lap 21` */
export function inWords(of: Plan): string {
  if (of.stops.length === 0) return `${spoken(of.start)} to the flag`;
  return `${spoken(of.start)}, ${of.stops.map((change) => `${spoken(change.compound)} after lap ${change.lap}`).join(', ')}`;
}
