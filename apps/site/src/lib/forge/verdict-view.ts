import type { Finding } from "@daily-kernel/forge";

/** A finding with what its rule means. */
interface FindingView extends Pick<Finding, "rule" | "severity" | "evidence"> {
  readonly meaning: string;
}

/** What the judge said of a kernel, as pages show it; numbers that JSON has not are null. */
export interface VerdictView {
  readonly accepted: boolean;
  readonly findings: readonly FindingView[];
  readonly worstError: number | null;
  readonly effectiveBits: number;
  readonly calls: number;
  readonly seed: number;
}
