import { ForgeError } from "../session/errors.ts";

const codes = {
  /** A row that is no trace: not JSON, a field of the wrong kind, a NaN or negative speed-up. */
  InvalidTrace: "ERR_INVALID_TRACE",
  /** No reasoning, or a length of 0 tokens. */
  MissingTrace: "ERR_MISSING_TRACE",
  /** An incorrect kernel with a speed-up other than 0. */
  InconsistentVerdict: "ERR_INCONSISTENT_VERDICT",
  /** Speed-ups that were measured on different machines: they cannot be compared. */
  MixedHardware: "ERR_MIXED_HARDWARE",
  /** Lengths that were counted by different tokenizers: they cannot be compared. */
  MixedTokenizers: "ERR_MIXED_TOKENIZERS",
} as const;

export type TraceFault = keyof typeof codes;

/** A row that cannot enter a pool; `name` is the fault, `line` the row's number from 1. */
export class TraceError extends ForgeError {
  readonly line: number;
  constructor(fault: TraceFault, line: number, what: string) {
    super(codes[fault], `line ${line}: ${what}`);
    this.name = fault;
    this.line = line;
  }
}
