/** A run of pairs of points that the profiles are evaluated on at once. */
export interface Lane<P> {
  a: P;
  b: P;
  /** Row of `a` of the first pair, and how it moves from pair to pair: 0 or 1. */
  aRow: number;
  aStep: number;
  bRow: number;
  bStep: number;
  /** The first pair's place along the moving side. */
  start: number;
  count: number;
  /** Place of pair k in a row-major matrix of a.rows x b.rows. */
  index(k: number): number;
}

/** Pairs a lane: its arrays of numbers stay in the first-level cache. */
const LENGTH = 512;

/**
 * All pairs of a.rows x b.rows points, along the longer side; or only the pairs of equal rows.
 */
export function* lanes<P extends { rows: number }>(
  a: P,
  b: P,
  which: "gram" | "pairs",
): Generator<Lane<P>> {
  const [m, n] = [a.rows, b.rows];
  const alongA = which === "gram" && m > n;
  const aStep = alongA || which === "pairs" ? 1 : 0;
  const bStep = alongA ? 0 : 1;
  const fixed = which === "pairs" ? 1 : alongA ? n : m;
  const length = alongA ? m : n;
  for (let f = 0; f < fixed; f++) {
    for (let start = 0; start < length; start += LENGTH) {
      const aRow = aStep === 1 ? start : f;
      const bRow = bStep === 1 ? start : f;
      yield {
        ...{ a, b, aRow, aStep, bRow, bStep, start },
        count: Math.min(LENGTH, length - start),
        index: (k) => (aRow + aStep * k) * n + bRow + bStep * k,
      };
    }
  }
}
