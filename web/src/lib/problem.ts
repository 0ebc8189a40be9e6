/** Why a request did not give what was asked for. */
import { DecodeError } from './decode';

export type ProblemKind = 'refused' | 'unreachable' | 'malformed';

export class ApiProblem extends Error {
  constructor(
    readonly kind: ProblemKind, readonly title: string, readonly detail: string, readonly status: number,
    readonly code: string, readonly request: string | null = null, readonly retryAfterSeconds: number | null = null,
    readonly reason: string | null = null,
    /** The member of the body that was wrong: `/email`. */
    readonly pointer: string | null = null,
  ) {
    super(detail);
    this.name = 'ApiProblem';
  }

  /** Another try may go better. */
  get isPassing(): boolean {
    return this.kind === 'unreachable' || this.status === 429 || this.status >= 500;
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The problem document of an answer, or the best that can be said without one. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const request = response.headers.get('X-Request-Id');
  let members: Record<string, unknown> = {};
  try {
    members = (await response.json()) as Record<string, unknown>;
  } catch { /* A proxy answered, or the answer was cut off: the status says what there is to say. */ }
  const after = Number(response.headers.get('Retry-After') ?? NaN);
  return new ApiProblem(
    'refused', textOf(members.title) ?? `The server answered ${response.status}`,
    textOf(members.detail) ?? response.statusText, response.status, textOf(members.code) ?? 'unknown',
    textOf(members.request) ?? request, Number.isFinite(after) ? after : null, textOf(members.reason),
    textOf(members.pointer));
}

export function unreachable(): ApiProblem {
  return new ApiProblem(
    'unreachable', 'The server cannot be reached',
    'Nothing came back. Check the connection, or whether the server runs.', 0, 'unreachable');
}

export function malformed(error: unknown): ApiProblem {
  const where = error instanceof DecodeError ? error.message : 'it is not JSON';
  return new ApiProblem(
    'malformed', 'The server sent something this page does not understand', `In its answer ${where}.`, 0, 'malformed');
}
