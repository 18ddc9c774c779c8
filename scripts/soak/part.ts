/** What a part of the soak found. */
export interface Outcome {
  readonly passed: boolean;
  /** Figures and what they mean, without a heading. */
  readonly markdown: string;
}

/** A part of the soak: `scripts/soak/<part>.ts` exports one as `soak`. */
export type Part = (log: (line: string) => void) => Promise<Outcome>;

/** One thing that had to be so. */
export interface Check {
  readonly what: string;
  readonly holds: boolean;
}

/** Checks as a list, for the page. */
export const listOf = (checks: readonly Check[]): string =>
  checks.map(({ what, holds }) => `- ${holds ? "yes" : "**NO**"}: ${what}`).join("\n");

/** Named figures as a table. */
export const tableOf = (figures: readonly (readonly [string, number | string])[]): string =>
  ["| figure | value |", "| --- | ---: |", ...figures.map(([k, v]) => `| ${k} | ${v} |`)].join(
    "\n",
  );
