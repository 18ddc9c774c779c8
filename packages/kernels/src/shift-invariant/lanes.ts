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
  /** Place of the first pair in a row-major matrix of a.rows x b.rows, and how far the next one is. */
  at: number;
  stride: number;
}

/** Pairs a lane at most: its arrays of numbers stay in the first-level cache. */
const LENGTH = 512;

/** Arrays of the length of a lane, made when first asked for and used again for the next lane. */
export type Scratch = (i: number) => Float64Array;

/** Scratch for one operation. */
export function scratch(): Scratch {
  const arrays: Float64Array[] = [];
  return (i) => {
    arrays[i] ??= new Float64Array(LENGTH);
    return arrays[i];
  };
}

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
        at: aRow * n + bRow,
        stride: aStep * n + bStep,
      };
    }
  }
}
