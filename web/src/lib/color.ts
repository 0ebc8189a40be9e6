/** Contrast (WCAG 2.2) and colours that stay legible on either theme. */

export type RGB = readonly [number, number, number];

/** `#ff8000`, `ff8000` or `#f80`; null when it is none of them. */
export function parse(text: string): RGB | null {
  const long = text.trim().replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i, '$1$1$2$2$3$3');
  const match = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(long);
  if (!match) return null;
  return [1, 2, 3].map((index) => parseInt(match[index] ?? '0', 16)) as unknown as RGB;
}

export function hex([r, g, b]: RGB): string {
  return `#${[r, g, b].map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}

function luminance(color: RGB): number {
  const [r, g, b] = color.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as RGB;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** From 1 to 21. */
export function contrast(a: RGB, b: RGB): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

export function mix(a: RGB, b: RGB, share: number): RGB {
  return a.map((value, index) => value + ((b[index] ?? 0) - value) * share) as unknown as RGB;
}

/** `color` mixed toward `foreground` until it has 3 : 1 on `pane`. */
export function legible(color: string, pane: string, foreground: string): string {
  const from = parse(color);
  const ground = parse(pane);
  const to = parse(foreground);
  if (!from || !ground || !to) return foreground;
  for (let share = 0; share <= 1; share += 0.05) {
    const mixed = mix(from, to, share);
    if (contrast(mixed, ground) >= 3) return hex(mixed);
  }
  return foreground;
}
