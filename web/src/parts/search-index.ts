/** What a search finds, best first. */
import type { Race } from '../model/races';

export interface Hit {
  readonly kind: 'Autopsy' | 'Race' | 'Team';
  readonly text: string;
  /** Segments of the path it leads to. */
  readonly target: readonly (string | number)[];
}

const LIMIT = 12;

const plain = (text: string) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();

/** Every word typed must begin a word of the hit. */
export function hits(races: readonly Race[], query: string): Hit[] {
  const wanted = plain(query).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const fits = (text: string) => {
    const words = plain(text).split(/[^a-z0-9]+/);
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  };
  const found: Hit[] = [];
  const teams = new Set<string>();
  for (const race of [...races].reverse()) {
    const name = `${race.name} ${race.season}`;
    if (fits(`${name} ${race.circuit} ${race.gp}`)) found.push({ kind: 'Race', text: name, target: ['simulator', race.season, race.gp, race.drivers[0]?.code ?? ''] });
    for (const driver of race.drivers) {
      if (fits(`${driver.name} ${driver.code} ${name}`)) {
        found.push({ kind: 'Autopsy', text: `${driver.name} (${driver.code}), ${name}`, target: ['autopsy', race.season, race.gp, driver.code] });
      }
      const team = `${driver.team} ${race.season}`;
      if (!teams.has(team) && fits(team)) {
        teams.add(team);
        found.push({ kind: 'Team', text: team, target: ['teams', race.season, slug(driver.team)] });
      }
    }
  }
  const rank = { Race: 0, Team: 1, Autopsy: 2 };
  return found.sort((a, b) => rank[a.kind] - rank[b.kind]).slice(0, LIMIT);
}

/** A team's name in addresses, as the server makes it. */
export const slug = (name: string): string => name.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean).join('-');
