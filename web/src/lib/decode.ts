/** Decoders: what the server sends is checked once, at the edge, and has a type from then on. */

export type Decoder<T> = (value: unknown, path: string) => T;
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

/** An answer that is not of the form expected; `path` says where. */
export class DecodeError extends Error {
  constructor(readonly path: string, expected: string, found: unknown) {
    const seen = found === null ? 'null' : Array.isArray(found) ? 'an array' : typeof found;
    super(`${path || 'the answer'} is ${seen}; ${expected} was expected`);
    this.name = 'DecodeError';
  }
}

export const text: Decoder<string> = (value, path) => {
  if (typeof value !== 'string') throw new DecodeError(path, 'text', value);
  return value;
};

export const number: Decoder<number> = (value, path) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new DecodeError(path, 'a number', value);
  return value;
};

export const flag: Decoder<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new DecodeError(path, 'true or false', value);
  return value;
};

export const anything: Decoder<unknown> = (value) => value;

/** Null and absence are the same to us. */
export const maybe = <T>(inner: Decoder<T>): Decoder<T | null> => (value, path) =>
  value === null || value === undefined ? null : inner(value, path);

export const list = <T>(inner: Decoder<T>): Decoder<T[]> => (value, path) => {
  if (!Array.isArray(value)) throw new DecodeError(path, 'an array', value);
  return value.map((element, index) => inner(element, `${path}/${index}`));
};

type Shape<T> = { [K in keyof T]: Decoder<T[K]> };

/** Members that are not named are ignored, so that the server may add some. */
export const object = <T extends object>(shape: Shape<T>): Decoder<T> => (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DecodeError(path, 'an object', value);
  }
  const source = value as Record<string, unknown>;
  const result: Partial<T> = {};
  for (const key of Object.keys(shape) as (keyof T & string)[]) {
    result[key] = shape[key](source[key], `${path}/${key}`);
  }
  return result as T;
};

/** One of a few words; another one becomes `fallback`, so that a newer server does not break the page. */
export const word = <W extends string>(words: readonly W[], fallback: W): Decoder<W> => (value, path) => {
  const found = text(value, path);
  return (words as readonly string[]).includes(found) ? (found as W) : fallback;
};
