/** Small settings in the browser; storage that is full or blocked is the same as none. */

export function read(key: string): string | null {
  try {
    return window.localStorage.getItem(`blame.${key}`);
  } catch {
    return null;
  }
}

/** Returns false when it could not be kept. */
export function write(key: string, value: string | null): boolean {
  try {
    if (value === null) window.localStorage.removeItem(`blame.${key}`);
    else window.localStorage.setItem(`blame.${key}`, value);
    return true;
  } catch {
    return false;
  }
}
