/** A member of QMCPy 2.4, what stands for it here, and a run that shows that it works. */
export interface Feature {
  /** Its name there. */
  readonly there: string;
  /** Its name here, with the package if it is not this one. */
  readonly here: string;
  /** A number that it computes, and what that must be; equal to a relative `within` (1e-12). */
  run(): Promise<Outcome> | Outcome;
}

export interface Outcome {
  readonly got: number;
  readonly expected: number;
  readonly within?: number;
}

/** Members that belong together, a row of the table in the README. */
export interface Family {
  readonly family: string;
  readonly features: readonly Feature[];
}

/** Shorthand: a number that must equal another. */
export const equals = (got: number, expected: number, within = 1e-12): Outcome => ({
  got,
  expected,
  within,
});

/** Shorthand: something that must be true. */
export const holds = (truth: boolean): Outcome => ({ got: truth ? 1 : 0, expected: 1 });
