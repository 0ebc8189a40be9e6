/** The little of Node that tests use; Debian has no types of it. */
declare module 'node:test' {
  type Body = () => void | Promise<void>;
  export function test(name: string, body: Body): void;
  export function before(body: Body): void;
}
declare module 'node:assert/strict' {
  interface Assert {
    ok(value: unknown, message?: string): asserts value;
    equal(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
    match(text: string, pattern: RegExp): void;
    throws(body: () => unknown, expected?: string | ((error: unknown) => boolean)): void;
    rejects(promise: Promise<unknown>, expected?: string | RegExp): Promise<void>;
  }
  const assert: Assert;
  export default assert;
}
declare module 'node:fs' {
  export function readFileSync(path: string, encoding: 'utf8'): string;
  export function readdirSync(path: string): string[];
}
declare const Buffer: { from(bytes: Uint8Array): { toString(encoding: 'base64' | 'hex'): string } };
