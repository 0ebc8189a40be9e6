/** A player as everybody sees them. */
import { flag, list, maybe, number, object, text } from '../lib/decode';
import type { Decoded } from '../lib/decode';

const playerRun = object({
  id: text, season: number, round: number, gp: maybe(text), driver: text, ranked: flag, attempt: maybe(number),
  iqHundredths: maybe(number), toOptimumMilliseconds: maybe(number), endedAtPosition: maybe(number),
});

export const player = object({
  position: number, id: text, name: maybe(text), kind: text, rank: maybe(number), iqHundredths: maybe(number),
  intervalHundredths: maybe(number), races: maybe(number), runs: list(playerRun), next: maybe(text),
});

export type Player = Decoded<typeof player>;
export type PlayerRun = Decoded<typeof playerRun>;

/** The best Strategy IQ of a player's ranked runs in hundredths, by `season/round`. */
export function bestIQs(runs: readonly PlayerRun[]): Map<string, number> {
  const best = new Map<string, number>();
  for (const { season, round, ranked, iqHundredths } of runs) {
    const race = `${season}/${round}`;
    if (ranked && iqHundredths !== null) best.set(race, Math.max(iqHundredths, best.get(race) ?? 0));
  }
  return best;
}
