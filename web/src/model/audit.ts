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

/** What is known of a run behind one of its events. */
export interface StateAt {
  readonly lap: number;
  readonly compound: string | null;
  readonly stops: readonly { readonly lap: number; readonly compound: string }[];
  readonly pace: string;
  readonly decisions: number;
  /** ms; null as long as what decisions cost is withheld. */
  readonly regret: number | null;
  readonly iq: number | null;
  readonly forkOf: string | null;
}

const members = (data: unknown) => (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
const numberOf = (value: unknown) => (typeof value === 'number' ? value : null);

/** Folds the first events of a run. */
export function stateAt(events: readonly AuditEvent[], count: number): StateAt {
  let state: StateAt = { lap: 0, compound: null, stops: [], pace: 'normal', decisions: 0, regret: 0, iq: null, forkOf: null };
  for (const { type, data } of events.slice(0, count)) {
    const { lap, kind, compound, pace, regret, startLap, startCompound, forkOf, iq } = members(data);
    switch (type) {
      case 'SimulationStarted':
        state = { ...state, lap: numberOf(startLap) ?? 0, compound: textOf(startCompound), forkOf: textOf(forkOf) };
        break;
      case 'SimulationAdvanced':
        state = { ...state, lap: numberOf(lap) ?? state.lap };
        break;
      case 'DecisionMade': {
        const fitted = kind === 'start' ? null : textOf(compound);
        const cost = numberOf(regret);
        state = {
          ...state, decisions: state.decisions + 1, compound: textOf(compound) ?? state.compound, pace: textOf(pace) ?? state.pace,
          stops: fitted ? [...state.stops, { lap: numberOf(lap) ?? 0, compound: fitted }] : state.stops,
          regret: cost === null || state.regret === null ? null : state.regret + cost,
          lap: kind === 'finish' ? (numberOf(lap) ?? state.lap) : state.lap,
        };
        break;
      }
      case 'SimulationFinished':
        state = { ...state, iq: numberOf(iq) };
        break;
      default:
    }
  }
  return state;
}

const said = (value: unknown) => (value === undefined || value === null ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value));

/** Members of an event that the one before of its kind had otherwise, old and new. */
export function changes(before: unknown, after: unknown): { name: string; from: string; to: string }[] {
  const [old, now] = [members(before), members(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .map((name) => ({ name, from: said(old[name]), to: said(now[name]) })).filter(({ from, to }) => from !== to);
}
