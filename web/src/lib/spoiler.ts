/** Nobody learns a result by accident: a race with a run of ours that is not over is asked for first. */
import { read, write } from './memory';

const KEY = 'open-runs';

interface OpenRun {
  readonly race: string;
  readonly run: string;
}

function openRuns(): OpenRun[] {
  try {
    const found: unknown = JSON.parse(read(KEY) ?? '[]');
    if (!Array.isArray(found)) return [];
    return found.filter((entry): entry is OpenRun => typeof entry?.race === 'string' && typeof entry?.run === 'string');
  } catch {
    return [];
  }
}

export const raceKey = (season: number, gp: string) => `${season}/${gp}`;

/** Remembers a run that goes on. */
export function runOpened(race: string, run: string): void {
  write(KEY, JSON.stringify([...openRuns().filter((entry) => entry.run !== run), { race, run }].slice(-20)));
}

export function runClosed(run: string): void {
  write(KEY, JSON.stringify(openRuns().filter((entry) => entry.run !== run)));
}

/** The run of a race that is not over, if this browser knows one. */
export const openRun = (race: string): string | null => openRuns().find((entry) => entry.race === race)?.run ?? null;

/** The reader wants to see everything at once. */
export const showsResults = () => read('results') === 'on';
export const setShowsResults = (isOn: boolean) => write('results', isOn ? 'on' : null);
