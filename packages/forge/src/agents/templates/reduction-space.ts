import type { Point } from "../attempt.ts";
import { each, kernel, vectors } from "./cpp-text.ts";
import { loopMoves } from "./elementwise-space.ts";
import type { TemplateSpace } from "./space.ts";

/** Sums along rows: of the elements, of their squares, or of products with a vector. */
export interface Reduction {
  readonly task: string;
  /** `const long rows = ...; const long n = ...;` and pointers `x` (row r at x + r * n) and `y`. */
  readonly setUp: string;
  /** One term in floats at `i` of the row, given `row`. */
  readonly scalar: string;
  /** The same in vectors, with `load`. */
  readonly vector: (at: string) => string;
  /** From a sum `s` (a double) to the element of the output. */
  readonly finish: string;
  /** Where float32 sums lose too much, vectors of doubles are tried as well. */
  readonly doubles?: boolean;
}

/** Loops that add up: vectors, independent accumulators, prefetching, the width of the sums. */
export function reductionSpace(what: Reduction): TemplateSpace {
  return {
    task: what.task,
    language: "cpp",
    parameters: {
      width: [1, 4, 8, 16],
      unroll: [1, 2, 4, 8],
      prefetch: [0, 512, 2048],
      sums: what.doubles ? ["double", "float"] : ["float"],
    },
    start: {
      width: 1,
      unroll: 1,
      prefetch: 0,
      sums: what.doubles ? "double" : "float",
    },
    valid: ({ width, unroll, prefetch }) => width !== 1 || (unroll === 1 && prefetch === 0),
    render: (point) => ({ source: source(what, point) }),
    moves: loopMoves,
  };
}

function source({ setUp, scalar, vector, finish }: Reduction, point: Point): string {
  const [width, unroll, prefetch] = [point.width, point.unroll, point.prefetch].map(Number) as [
    number,
    number,
    number,
  ];
  const type = point.sums === "double" ? "double" : "float";
  const one = `s += ${point.sums === "double" ? `(double)(${scalar.replaceAll("row[i]", "(double)row[i]")})` : scalar};`;
  if (width === 1)
    return `#include <math.h>
${kernel(`${setUp}
  for (long r = 0; r < rows; r++) {
    const float* row = x + r * n;
    ${type} s = 0;
    for (long i = 0; i < n; i++) ${one}
    y[r] = ${finish};
  }`)}`;
  const wide = point.sums === "double";
  const term = (at: string) => (wide ? vector(at).replaceAll("load(", "loadd(") : vector(at));
  return `${vectors(width)}#include <math.h>
typedef double d __attribute__((vector_size(${8 * width})));
static inline d loadd(const float* p) { return __builtin_convertvector(load(p), d); }
${kernel(`${setUp}
  for (long r = 0; r < rows; r++) {
    const float* row = x + r * n;
${each(unroll, (k) => `    ${wide ? "d" : "v"} s${k} = {};`)}
    long i = 0;
    for (; i + ${width * unroll} <= n; i += ${width * unroll}) {
${prefetch > 0 ? `      __builtin_prefetch(row + i + ${prefetch / 4});` : ""}
${each(unroll, (k) => `      s${k} += ${term(`i + ${k * width}`)};`)}
    }
    for (; i + ${width} <= n; i += ${width}) s0 += ${term("i")};
${each(unroll - 1, (k) => `    s0 += s${k + 1};`)}
    double s = 0;
    for (int k = 0; k < ${width}; k++) s += s0[k];
    for (; i < n; i++) ${one}
    y[r] = ${finish};
  }`)}`;
}
