/** Strategies side by side: taken from the costs of every pair of laps, or from an autopsy's alternatives. */
import type { Autopsy } from './autopsy';
import type { HeatCell, Heatmap } from './crowd';
import type { Plan } from './plan';

export interface Laps { readonly firstLap: number; readonly lastLap: number }

export interface Candidate extends Plan {
  /** Empty where a place in the list says enough. */
  readonly name: string;
  /** Laps between which a stop costs next to nothing more, one range a stop. */
  readonly windows: readonly Laps[];
  /** Against the best of all, ms. */
  readonly milliseconds: number;
  /** Nine in ten refits of the model lie within; null where none was made. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Of the good runs, those that stopped within the ranges; null where nobody was asked. */
  readonly share: number | null;
  readonly runs: number | null;
}

/** So much more is as good as the best, ms. */
const AS_GOOD = 1000;

/** The best laps of each sequence of tyres, best first. */
export function candidates(maps: readonly Heatmap[], limit: number): Candidate[] {
  const good = maps.flatMap(({ cells }) => cells).reduce((sum, { accepted }) => sum + accepted, 0);
  const byTyres = new Map<string, HeatCell[]>();
  for (const cell of maps.flatMap(({ cells }) => cells)) {
    if (cell.modelMilliseconds === null || cell.tyres.length < 2) continue;
    const key = cell.tyres.join('-');
    byTyres.set(key, [...(byTyres.get(key) ?? []), cell]);
  }
  return [...byTyres.values()].map((cells) => candidate(cells, maps, good)).sort((a, b) => a.milliseconds - b.milliseconds).slice(0, limit);
}

const cost = (cell: HeatCell) => cell.modelMilliseconds ?? Infinity;
const range = (laps: readonly number[]): Laps => ({ firstLap: Math.min(...laps), lastLap: Math.max(...laps) });
const within = (lap: number | null, laps: Laps | undefined) =>
  lap === null || (laps !== undefined && lap >= laps.firstLap && lap <= laps.lastLap);

function candidate(cells: readonly HeatCell[], maps: readonly Heatmap[], good: number): Candidate {
  const best = cells.reduce((a, b) => (cost(b) < cost(a) ? b : a));
  const near = cells.filter((cell) => cost(cell) <= cost(best) + AS_GOOD);
  const seconds = near.flatMap(({ second }) => (second === null ? [] : [second]));
  const windows = [range(near.map(({ first }) => first)), ...(seconds.length > 0 ? [range(seconds)] : [])];
  const same = maps.find(({ cells: all }) => all.some(({ second }) => (second === null) === (best.second === null)))?.cells ?? [];
  const runs = same.filter((cell) => within(cell.first, windows[0]) && within(cell.second, windows[1])).reduce((sum, { accepted }) => sum + accepted, 0);
  const laps = [best.first, ...(best.second === null ? [] : [best.second])];
  return {
    name: '', start: best.tyres[0] ?? '', windows, milliseconds: cost(best), interval: null,
    stops: laps.map((lap, index) => ({ lap, compound: best.tyres[index + 1] ?? '', age: 0, free: false })),
    share: good === 0 ? null : runs / good, runs: good === 0 ? null : runs,
  };
}

/** What else could have been driven, against what was: negative is sooner. */
export function alternatives(autopsy: Autopsy, limit: number): Candidate[] {
  return autopsy.alternatives.slice(0, limit).map(({ start, stops, windows, deltaMilliseconds, deltaInterval }) => ({
    name: '', start, stops, windows, milliseconds: deltaMilliseconds, interval: deltaInterval, share: null, runs: null,
  }));
}
