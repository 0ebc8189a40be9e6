/** What the pit wall has in hand: a call that can be taken back, and commands on their way to the server. */
import type { Stint } from './plan';
import type { Interruption, NextLap, Run } from './simulation';

/** A call for the next lap. It is written down, for good, when the lap is driven. */
export type Call = { readonly kind: 'pit'; readonly compound: string } | { readonly kind: 'stay' }
  | { readonly kind: 'pace'; readonly pace: string };

export interface Command {
  readonly path: 'decisions' | 'advance' | 'finish' | 'abandon';
  readonly body: Readonly<Record<string, unknown>>;
  /** Made once, so that a second try is the same command. */
  readonly key: string;
}

export const QUEUE_LIMIT = 8;

/** What a run that drives on may wait for, beside the flags. */
export const SIGNALS = [
  { name: 'rivalStop', words: 'the car ahead or behind comes in' }, { name: 'rainTyres', words: 'somebody fits tyres for other weather' },
  { name: 'place', words: 'my place changes' },
] as const;

/** The commands that drive on to a lap, with the call for the next one first; behind the last lap comes the flag. */
export function drive(run: Run, call: Call | null, toLap: number, newKey: () => string, stopOn: readonly string[] = []): Command[] {
  const lap = run.next?.lap;
  const finish: Command = { path: 'finish', body: {}, key: newKey() };
  if (lap === undefined) return [finish];
  const decision: Command[] = call ? [{ path: 'decisions', body: { lap, ...call }, key: newKey() }] : [];
  const goal = Math.min(run.laps, Math.max(lap, toLap));
  const advance: Command = { path: 'advance', body: { toLap: goal, ...(stopOn.length > 0 && { stopOn }) }, key: newKey() };
  // What stops the car on its way takes the rest off the queue, so the flag is only asked for when it was reached.
  return [...decision, advance, ...(goal === run.laps ? [finish] : [])];
}

/** The lap that commands on their way lead to; null when none drives. */
export function goalOf(commands: readonly Command[]): number | null {
  const laps = commands.flatMap(({ path, body }) => (path === 'advance' && typeof body.toLap === 'number' ? [body.toLap] : []));
  return laps.length === 0 ? null : Math.max(...laps);
}

/** Calling the same again takes it back. */
export function called(now: Call | null, next: Call): Call | null {
  return now && JSON.stringify(now) === JSON.stringify(next) ? null : next;
}

/** What is possible on the next lap. */
export function isPossible(call: Call, next: NextLap): boolean {
  switch (call.kind) {
    case 'pit': return next.compounds.includes(call.compound);
    case 'stay': return next.mayStay;
    case 'pace': return next.paces.includes(call.pace);
  }
}

export const isNeutralised = (kind: string) => kind === 'safetyCar' || kind === 'virtualSafetyCar' || kind === 'red';

/** Nothing else can be done on the next lap than to stop or to slow down. */
export const mustChoose = (run: Run, call: Call | null) =>
  run.next !== null && !run.next.mayStay && run.next.decided === null && call === null;

export function interruptionText({ reason, lap, trackStatus, driver, place }: Interruption): string {
  switch (reason) {
    case 'trackStatus': return `Lap ${lap}: ${trackStatus === 'green' ? 'the track is green again' : `the track status changed to ${trackStatus ?? 'something else'}`}. Driving on waits for you.`;
    case 'mustStop': return `Lap ${lap}: the tyres cannot go on. Choose a tyre.`;
    case 'rivalStop': return `Lap ${lap}: ${driver ?? 'a rival'} has come in. Driving on waits for you.`;
    case 'rainTyres': return `Lap ${lap}: ${driver ?? 'a rival'} is on tyres for other weather. Driving on waits for you.`;
    case 'place': return `Lap ${lap}: you are P${place ?? '?'} now. Driving on waits for you.`;
    default: return `Lap ${lap}: not possible as called. Choose again.`;
  }
}

const gap = (name: string, found: Run['ahead']) =>
  found ? ` ${(found.gapMilliseconds / 1000).toFixed(1)} s ${name} ${found.driver}.` : '';

/** One line a lap for those who listen. */
export function lapLine(run: Run): string {
  return `Lap ${run.lap} of ${run.laps}. P${run.place ?? '?'}.${gap('behind', run.ahead)}${gap('ahead of', run.behind)}`;
}

/** The stints that the player has driven so far. What was fitted before the car was taken over is known only by its age. */
export function ownStints(run: Run): Stint[] {
  const begin = run.decisions.find(({ kind }) => kind === 'start');
  const first = begin ? 1 : run.startLap + 1;
  const changes = [...run.stops].filter(({ lap }) => lap >= first).sort((a, b) => a.lap - b.lap);
  const fitted = changes.length === 0 ? run.tyre.compound : '';
  const age = begin || changes.length > 0 ? 0 : Math.max(0, run.tyre.laps - (run.lap - run.startLap));
  const starts = [{ lap: first - 1, compound: begin?.compound ?? fitted, age }, ...changes];
  return starts
    .map(({ lap, compound, age: used }, index) => ({ compound, age: used, first: lap + 1, last: Math.min(run.lap, starts[index + 1]?.lap ?? run.lap) }))
    .filter((stint) => stint.last >= stint.first);
}
