/** The stable codes of what can go wrong, and the HTTP status that each stands for. */
const statuses = {
  ERR_INPUT: 400,
  ERR_UNAUTHENTICATED: 401,
  ERR_FORBIDDEN: 403,
  ERR_NOT_FOUND: 404,
  ERR_CONFLICT: 409,
  ERR_GONE: 410,
  ERR_LIMIT: 429,
  ERR_UPSTREAM: 502,
} as const;

export type FeedErrorCode = keyof typeof statuses;

/** An error that may be told to whoever asked: its message names what was wrong and why. */
export class FeedError extends Error {
  override readonly name: string = "FeedError";
  readonly code: FeedErrorCode;
  /** The HTTP status that says the same. */
  readonly status: number;

  constructor(code: FeedErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.status = statuses[code];
  }
}

export const inputError = (message: string) => new FeedError("ERR_INPUT", message);
export const forbiddenError = (message: string) => new FeedError("ERR_FORBIDDEN", message);
export const notFoundError = (message: string) => new FeedError("ERR_NOT_FOUND", message);
export const conflictError = (message: string) => new FeedError("ERR_CONFLICT", message);
