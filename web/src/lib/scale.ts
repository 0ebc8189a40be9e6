/** From numbers to places on the screen. */

export interface Scale {
  (value: number): number;
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
  invert(place: number): number;
}

/** A straight line from `domain` to `range`; a domain without width maps to the middle. */
export function linear(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const width = domain[1] - domain[0];
  const slope = width === 0 ? 0 : (range[1] - range[0]) / width;
  const at = (value: number) =>
    width === 0 ? (range[0] + range[1]) / 2 : range[0] + (value - domain[0]) * slope;
  const invert = (place: number) => (slope === 0 ? domain[0] : domain[0] + (place - range[0]) / slope);
  return Object.assign(at, { domain, range, invert });
}

/** Round numbers (1, 2, 5 × 10ⁿ) within a domain, about `wanted` of them. */
export function ticks(low: number, high: number, wanted: number): number[] {
  if (!(high > low)) return [low];
  const raw = (high - low) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw * 0.999) ?? 10) * power;
  const result: number[] = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index += 1) {
    result.push(Number((index * step).toPrecision(12)));
  }
  return result;
}

/** Whole laps for an axis: 1 and round numbers, the last one when it has room. */
export function lapTicks(last: number, wanted: number): number[] {
  const inner = ticks(0, last, wanted).filter((lap) => lap >= 1 && Number.isInteger(lap));
  return [...new Set([1, ...inner])].filter((lap) => lap === 1 || lap > 2).sort((a, b) => a - b);
}

export interface Point {
  readonly x: number;
  readonly y: number | null;
}

/** The `d` of a path; null breaks the line. */
export function path(points: readonly Point[]): string {
  let isOpen = false;
  let d = '';
  for (const { x, y } of points) {
    if (y === null || !Number.isFinite(y)) {
      isOpen = false;
      continue;
    }
    d += `${isOpen ? 'L' : 'M'}${round(x)} ${round(y)}`;
    isOpen = true;
  }
  return d;
}

const round = (value: number) => Math.round(value * 10) / 10;

/** Places for labels that want to be at `wanted` but need `gap` between them; order is kept. */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((place, index) => ({ place, index })).sort((a, b) => a.place - b.place);
  let floor = low;
  for (const label of order) {
    label.place = Math.max(label.place, floor);
    floor = label.place + gap;
  }
  let ceiling = high;
  for (const label of [...order].reverse()) {
    label.place = Math.min(label.place, ceiling);
    ceiling = label.place - gap;
  }
  const result = wanted.map(() => 0);
  for (const { place, index } of order) result[index] = place;
  return result;
}
