/** The unit roundoff of float32. */
export const U = 2 ** -24;

/** Below it hardware and languages may take a number for zero. */
export const SMALLEST_NORMAL = 2 ** -126;

/**
 * How far a float32 sum of `count` terms, added in any sensible order, may be from the sum. Rounding
 * errors of different signs grow like the root of the count; one running sum also loses on the same
 * side again and again, when its terms are all alike or much smaller than it, up to a third of the
 * textbook's worst case.
 */
export const sumBound = (count: number, sumOfMagnitudes: number): number =>
  Math.max(8 * Math.sqrt(count), count / 3) * U * sumOfMagnitudes + count * SMALLEST_NORMAL;
