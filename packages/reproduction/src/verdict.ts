/** Why a claim has no number. */
export const reasons = {
  "not-built": "not built yet",
  "needs-gpu": "needs a GPU",
  "needs-data": "needs data that you have to fetch",
  "needs-toolchain": "needs a toolchain that is not on this machine",
  "needs-model-endpoint": "needs a model endpoint",
  "skipped-by-preset": "left out of this preset",
} as const;
export type Reason = keyof typeof reasons;

/** Only ever computed: by a claim's criterion from a measurement, or from the lack of one. */
export type Verdict = "holds" | "fails" | "inconclusive" | "not-measured";
