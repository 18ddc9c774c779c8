import { FeedError } from "../../feed-error.ts";

/** A vector has another dimension than those it would be compared with. */
export class EmbeddingDimensionMismatch extends FeedError {
  override readonly name = "EmbeddingDimensionMismatch";
  readonly model: string;
  readonly expected: number;
  readonly got: number;

  constructor(model: string, expected: number, got: number) {
    super("ERR_INPUT", `${model}: expected a vector of dimension ${expected}, got ${got}`);
    this.model = model;
    this.expected = expected;
    this.got = got;
  }
}
