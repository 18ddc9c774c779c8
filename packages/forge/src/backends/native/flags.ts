import { CandidateCompileError } from "../../session/errors.ts";

/**
 * Flags that a candidate may ask for. Everything that reads or writes other files, loads plugins,
 * links libraries or hides the kernel from the judge is left out by not being in the list.
 */
const allowed: readonly RegExp[] = [
  /^-O([0-3s]|fast)?$/,
  /^-std=(c|gnu)\+\+\d[0-9a-z]$/,
  /^-fopenmp(-simd)?$/,
  /^-pthread$/,
  /^-march=[a-z0-9.+_-]+$/,
  /^-mtune=[a-z0-9.+_-]+$/,
  /^-m(avx|avx2|fma|f16c|bmi|bmi2|avx512[a-z0-9]+|sse[0-9.]*|ssse3|prefer-vector-width=\d+)$/,
  /^-f(no-)?(fast-math|math-errno|trapping-math|associative-math|reciprocal-math|finite-math-only|signed-zeros|unroll-loops|unroll-all-loops|tree-vectorize|strict-aliasing|exceptions|rtti|unsafe-math-optimizations|omit-frame-pointer|peel-loops|prefetch-loop-arrays|vect-cost-model|ipa-pta|tree-loop-distribution|loop-interchange|inline|inline-functions|split-loops)$/,
  /^-ffp-contract=(off|on|fast)$/,
  /^-fvect-cost-model=[a-z-]+$/,
  /^-funroll-loops$/,
  /^-W(all|extra|no-[a-z-]+)$/,
  /^-D[A-Za-z_][A-Za-z0-9_]*(=[A-Za-z0-9_.]*)?$/,
];

/**
 * Checks compiler flags against the list of a back end and the common one.
 *
 * @throws CandidateCompileError naming the first flag that is in neither.
 */
export function checkFlags(
  flags: readonly string[],
  more: readonly RegExp[] = [],
): readonly string[] {
  for (const flag of flags) {
    if (![...allowed, ...more].some((pattern) => pattern.test(flag)))
      throw new CandidateCompileError(`the flag ${JSON.stringify(flag)} is not allowed`, "");
  }
  return flags;
}
