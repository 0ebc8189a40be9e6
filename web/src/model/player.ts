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
