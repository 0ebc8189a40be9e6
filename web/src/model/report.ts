/** The report: an autopsy with what stands at the head of a document, evidence, and the windows of its race. */
import { autopsy, firstPage } from './autopsy';
import type { Autopsy } from './autopsy';
import { windowsInside } from './crowd';
import { flag, list, maybe, number, object, text } from '../lib/decode';
import type { Decoded, Decoder } from '../lib/decode';

const head = object({
  ...firstPage, preview: flag,
  heading: object({
    circuit: text, checkpoint: maybe(object({ size: number, root: text })), autopsy: maybe(object({ position: number, sha256: text })),
    permalink: text, api: text,
  }),
});

const more = object({
  evidence: list(object({ cause: text, laps: list(number) })), windows: windowsInside, method: list(text), limits: list(text),
});

export interface Report extends Decoded<typeof head> {
  /** The other pages; null in a preview. */
  readonly rest: (Decoded<typeof more> & { readonly autopsy: Autopsy }) | null;
}

export const report: Decoder<Report> = (value, path) => {
  const first = head(value, path);
  return { ...first, rest: first.preview ? null : { ...more(value, path), autopsy: autopsy(value, path) } };
};
