/** A stage of the tool chain that refused a text, and what it said. */
export interface TruthFailure {
  readonly error: "ERR_LOWERING";
  readonly stage: string;
  readonly stderr: string;
}

/** How a stage tells its caller that it refused; `groundTruth` makes it a value. */
export class StageFailed extends Error {
  readonly failure: TruthFailure;
  constructor(stage: string, stderr: string) {
    super(`${stage}: ${stderr.split("\n")[0]}`);
    this.failure = { error: "ERR_LOWERING", stage, stderr };
  }
}
