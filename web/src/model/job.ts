/** Work that the server does behind the scenes. */
import { flag, maybe, number, object, text } from '../lib/decode';
import type { Decoded } from '../lib/decode';

export const job = object({
  id: text, subject: text, state: text, done: number, total: number, message: maybe(text), error: maybe(text),
  cancelling: flag, attempts: number,
});

/** The answer to who puts a job into the queue. */
export const queued = object({ job });

export type Job = Decoded<typeof job>;

export const isOver = ({ state }: Job): boolean => state === 'done' || state === 'failed';
