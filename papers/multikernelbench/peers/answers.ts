import torch from "./torch.json" with { type: "json" };

/** A few elements of what PyTorch gave for a task, with their places, and its largest magnitude. */
export interface Answer {
  readonly task: string;
  readonly largest: number;
  readonly elements: readonly (readonly [place: number, value: number])[];
}

/** What `npm run bench -- forge-torch` kept of the comparison of all elements. */
export const peer = {
  source: `PyTorch ${torch.torch} in double precision: ${torch.command}`,
  seed: torch.seed,
  tolerance: torch.tolerance,
  /** Tasks of which all elements of all outputs were the same, and the largest difference. */
  same: torch.same,
  largest: torch.largest,
  answers: torch.answers as unknown as readonly Answer[],
};
