/** Steps of a colour ramp: more contrast is better. */

/** Upper bounds of seconds lost, best first. */
export const LOSS_BINS = [1000, 2000, 4000, 8000, 16_000] as const;

/** From 6 (best) to 1 (beyond the last bound). */
export const lossStep = (milliseconds: number): number => {
  const index = LOSS_BINS.findIndex((bound) => milliseconds <= bound);
  return index < 0 ? 1 : 6 - index;
};

/** From 1 to 6 by share of the largest; 0 for nothing. */
export const shareStep = (value: number, most: number): number =>
  value <= 0 || most <= 0 ? 0 : Math.max(1, Math.ceil((value / most) * 6));

/** From 1 (IQ below 50) to 6 (90 and more). */
export const iqStep = (iq: number): number => Math.max(1, Math.min(6, Math.floor((iq - 40) / 10) + 1));

/** Bounds of a difference, ms: as good within the first, much beyond the second. */
export const DIFFERENCE_BINS = [1000, 4000] as const;

/** From 7 (much sooner) over 9 (the same) to 11 (much later). */
export function differenceStep(milliseconds: number): number {
  const far = DIFFERENCE_BINS.filter((bound) => Math.abs(milliseconds) > bound).length;
  return 9 + Math.sign(milliseconds) * far;
}
