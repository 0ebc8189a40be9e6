/** Whether the server gives receipts: it lists every address it has. */
import { BASE } from './api';
import { list, object, text } from './decode';

const index = object({ endpoints: list(object({ path: text })) });

let known: Promise<boolean> | null = null;

async function ask(): Promise<boolean> {
  const response = await fetch(BASE);
  return index(await response.json(), '').endpoints.some(({ path }) => path === `${BASE}/log/checkpoint`);
}

/** False when the list cannot be read, too; then it is asked again the next time. */
export function hasReceipts(): Promise<boolean> {
  known ??= ask().catch(() => {
    known = null;
    return false;
  });
  return known;
}
