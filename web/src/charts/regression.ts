/** The least-squares line through some points. */

export interface Fit {
  readonly slope: number;
  readonly intercept: number;
  /** Standard error of the slope. */
  readonly slopeError: number;
  readonly r2: number;
}

export function fit(points: readonly { x: number; y: number }[]): Fit {
  const n = points.length;
  const mean = (of: (point: { x: number; y: number }) => number) => points.reduce((sum, point) => sum + of(point), 0) / n;
  const [mx, my] = [mean(({ x }) => x), mean(({ y }) => y)];
  const sxx = points.reduce((sum, { x }) => sum + (x - mx) ** 2, 0);
  const sxy = points.reduce((sum, { x, y }) => sum + (x - mx) * (y - my), 0);
  const syy = points.reduce((sum, { y }) => sum + (y - my) ** 2, 0);
  const slope = sxx === 0 ? 0 : sxy / sxx;
  const intercept = my - slope * mx;
  const rest = points.reduce((sum, { x, y }) => sum + (y - intercept - slope * x) ** 2, 0);
  return {
    slope, intercept, slopeError: n > 2 && sxx > 0 ? Math.sqrt(rest / (n - 2) / sxx) : 0, r2: syy === 0 ? 1 : 1 - rest / syy,
  };
}
