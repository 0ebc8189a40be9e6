/** Events as they stand in the log. */
import { anything, flag, list, maybe, number, object, text } from '../lib/decode';
import type { Decoded } from '../lib/decode';

const event = object({
  position: number, version: number, type: text, at: text, actor: maybe(text), actorVersion: maybe(number),
  command: maybe(text), data: anything, hidden: maybe(text),
});

export const runEvents = object({
  position: number, simulation: text, player: maybe(text), over: flag, events: list(event),
});

const decision = object({
  position: number, actorVersion: maybe(number), at: text, simulation: text, version: number, season: maybe(number),
  round: maybe(number), driver: maybe(text), lap: number, kind: text, value: maybe(text),
  regretMilliseconds: maybe(number), optimal: maybe(flag),
});

export const userDecisions = object({
  position: number, user: text, decisions: list(decision), next: maybe(number),
});

export type AuditEvent = Decoded<typeof event>;
export type RunEvents = Decoded<typeof runEvents>;
export type AuditedDecision = Decoded<typeof decision>;
