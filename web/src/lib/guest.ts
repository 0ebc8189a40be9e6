/** The guest account with which this browser plays. Guests practise: their runs are never ranked. */
import { BASE, newKey, post } from './api';
import { object, text } from './decode';
import { ApiProblem } from './problem';
import { read, write } from './memory';

const opened = object({ id: text, token: text });
const KEY = 'guest';

export interface Guest {
  readonly id: string;
  readonly token: string;
}

let held: Guest | null = null;
let opening: Promise<Guest> | null = null;

/** The guest this browser was before, if it still remembers. */
export function knownGuest(): Guest | null {
  if (held) return held;
  const [id, token] = (read(KEY) ?? '').split(' ');
  held = id && token ? { id, token } : null;
  return held;
}

export function forgetGuest(): void {
  held = null;
  write(KEY, null);
}

/** The guest this browser is; opens an account when there is none. */
export function guest(): Promise<Guest> {
  const known = knownGuest();
  if (known) return Promise.resolve(known);
  opening ??= post(`${BASE}/auth/guest`, {}, opened, newKey(), null).then((account) => {
    held = account;
    write(KEY, `${account.id} ${account.token}`);
    return account;
  }).finally(() => { opening = null; });
  return opening;
}

/** A command as the guest; a token that has run out is replaced once. */
export async function asGuest<T>(action: (guest: Guest) => Promise<T>): Promise<T> {
  try {
    return await action(await guest());
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
    forgetGuest();
    return action(await guest());
  }
}
