/** Stable machine-readable kinds of bad input. */
export type ErrorCode =
  | "ERR_TYPE" // an argument of the wrong kind
  | "ERR_DOMAIN" // a number outside the function's domain, NaN included
  | "ERR_SHAPE" // lengths or shapes that do not fit together
  | "ERR_UNSUPPORTED" // the runtime lacks what was asked for
  | "ERR_DATA" // a data set is missing or damaged
  | "ERR_NUMERIC"; // the mathematics has no answer (matrix not positive definite, ...)

function withCode<E extends Error>(error: E, code: ErrorCode): E & { code: ErrorCode } {
  return Object.assign(error, { code });
}

/** A `TypeError` with code `ERR_TYPE`: `f: x must be a Float64Array, got string`. */
export const typeError = (message: string) => withCode(new TypeError(message), "ERR_TYPE");
/** A `RangeError` with code `ERR_DOMAIN`: `f: x must be >= 0, got -1 at index 3`. */
export const domainError = (message: string) => withCode(new RangeError(message), "ERR_DOMAIN");
/** A `RangeError` with code `ERR_SHAPE`: `matmul: a is 2x3 and b is 4x5; a.cols must equal b.rows`. */
export const shapeError = (message: string) => withCode(new RangeError(message), "ERR_SHAPE");
/** An `Error` with code `ERR_UNSUPPORTED` that says what to do instead. */
export const unsupportedError = (message: string) =>
  withCode(new Error(message), "ERR_UNSUPPORTED");
/** An `Error` with code `ERR_DATA` that says how to obtain the data. */
export const dataError = (message: string) => withCode(new Error(message), "ERR_DATA");
/** An `Error` with code `ERR_NUMERIC`. */
export const numericError = (message: string) => withCode(new Error(message), "ERR_NUMERIC");
