// Scratch for one batch of elements that take the same expansion: six arrays of BLOCK doubles.
// Working through them array by array keeps each loop short, so that the processor overlaps many
// elements; one long loop body over all steps took twice the time.

/** Elements a batch at most; the arrays of a batch fit the first-level cache. */
export const BLOCK = 256;
const ARRAY: usize = (<usize>BLOCK) << 3;

export const V: usize = 0;
export const X: usize = ARRAY;
/** The argument of the logarithm in v eta, then that logarithm. */
export const U: usize = 2 * ARRAY;
/** What U lost by rounding; then the logarithm of R. */
export const LOST: usize = 3 * ARRAY;
/** R, or the trapezoid sum. */
export const R: usize = 4 * ARRAY;
/** The part of v eta beside the logarithm, then the result. */
export const RESULT: usize = 5 * ARRAY;
export const LANES_BYTES: usize = 6 * ARRAY;
