/** The one place where milliseconds and shares become words. */

const MINUS = '\u2212';

/** `+12.3 s`, `−4.0 s`, `0.0 s`: signed seconds. */
export function seconds(milliseconds: number, places = 1): string {
  const text = (Math.abs(milliseconds) / 1000).toFixed(places);
  const isZero = Number(text) === 0;
  return `${isZero ? '' : milliseconds < 0 ? MINUS : '+'}${text}\u00a0s`;
}

/** `12.3 s`: how long, without a sign. */
export function span(milliseconds: number, places = 1): string {
  return `${(Math.abs(milliseconds) / 1000).toFixed(places)}\u00a0s`;
}

const bare = (milliseconds: number) => seconds(milliseconds).replace('\u00a0s', '');
const pad = (value: number, width: number) => String(value).padStart(width, '0');

/** `+1.0 to +2.5 s` */
export function interval(low: number, high: number): string {
  return `${bare(low)} to ${bare(high)}\u00a0s`;
}

/** `1:22.345`, `1:32:05.120` for whole races. */
export function clock(milliseconds: number): string {
  const rest = Math.round(Math.abs(milliseconds));
  const sign = milliseconds < 0 ? MINUS : '';
  const hours = Math.floor(rest / 3_600_000);
  const minutes = Math.floor((rest % 3_600_000) / 60_000);
  const tail = `${pad(Math.floor((rest % 60_000) / 1000), 2)}.${pad(rest % 1000, 3)}`;
  return hours > 0 ? `${sign}${hours}:${pad(minutes, 2)}:${tail}` : `${sign}${minutes}:${tail}`;
}

/** `62 %` of a share from 0 to 1. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`;
}

/** `18,204` */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 lap`, `3 laps` */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)}\u00a0${value === 1 ? one : many}`;
}

/** `L21`, `L21–24` */
export function lapRange(first: number, last: number): string {
  return first === last ? `lap ${first}` : `laps ${first}\u2013${last}`;
}

/** `a, b and c` */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}

/** `3 May 2026, 14:02:11 UTC` of an ISO 8601 time; as it came if it is none. */
export function moment(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) return text;
  const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  const clockText = time.toISOString().slice(11, 19);
  return `${time.getUTCDate()} ${months[time.getUTCMonth()]} ${time.getUTCFullYear()}, ${clockText} UTC`;
}

/** Names as people write them: `virtualSafetyCar` is `virtual safety car`. */
export function words(camel: string): string {
  return camel.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/_/g, ' ').toLowerCase();
}

/** With a capital at the front. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
