import { COSH_M1, DEBYE_LIMITS, DEBYE_LOG, RECIPROCAL_GAMMA, SINH_MS, STRETCH } from "./tables.ts";

/** Constants of assembly/elementary.ts, in the order of its indices. */
const ELEMENTARY = [
  ...[1, 2, 0.5, Math.SQRT1_2, -Infinity, 6755399441055744],
  ...[0.6931471803691238, 1.9082149292705877e-10, Math.LOG2E],
  // log: Chebyshev fit of (atanh(s) / s - 1) / s^2 times 2 in s^2, highest power first.
  ...[0.146171283998073, 0.15331666676597175, 0.1818289077802613, 0.22222211112104948],
  ...[0.2857142862611452, 0.399999999998992, 0.666666666666667],
  // exp: Chebyshev fit of (exp(r) - 1 - r) / r^2, highest power first.
  ...[2.5100472505694996e-8, 2.7620201591031547e-7, 2.7557268276905696e-6],
  ...[2.4801521057868204e-5, 0.00019841269863171557, 0.0013888888917367081],
  ...[0.008333333333330039, 0.041666666666623824, 0.16666666666666669, 0.5],
];

/** The kernel's tables in one block: assembly/index.ts knows where each begins. */
export const KERNEL_TABLES: Float64Array = Float64Array.of(
  ...ELEMENTARY,
  ...DEBYE_LIMITS,
  STRETCH,
  ...RECIPROCAL_GAMMA,
  ...COSH_M1,
  ...SINH_MS,
  ...DEBYE_LOG,
);
