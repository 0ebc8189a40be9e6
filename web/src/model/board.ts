/** The leaderboard. */
import { flag, list, maybe, number, object, text } from '../lib/decode';
import type { Decoded } from '../lib/decode';

const row = object({
  rank: number, user: text, name: maybe(text), iq: number, interval: maybe(number), races: number, synthetic: flag,
});

export const board = object({
  position: number, model: text, board: text, listed: number, rows: list(row), next: maybe(text),
});

export type Board = Decoded<typeof board>;
export type BoardRow = Decoded<typeof row>;
