import { featureRow, featuresOf } from "../baselines/features.ts";
import { lex } from "../mlir/lexer.ts";
import type { MlirFunction } from "../mlir/module.ts";
import { functionTokens } from "../tokens/function-tokens.ts";
import { idsOf } from "../tokens/tokenize.ts";
import type { Vocabulary } from "../tokens/vocabulary.ts";

/** A function as a network gets it. */
export interface NetworkInput {
  readonly ids: Int32Array;
  /**
   * log(1 + count) of every operation, and with operands the logarithms of the sizes of its shapes:
   * what convolutions and maxima over the text tell only roughly.
   */
  readonly counts: Float32Array;
}

/** Reads a function with a vocabulary; `operations` are those that are counted. */
export function networkInput(
  f: MlirFunction,
  vocabulary: Vocabulary,
  operations: readonly string[],
): NetworkInput {
  const { counts, shapes } = featuresOf(f);
  const known = vocabulary.mode === "ops" ? [] : shapes;
  return {
    ids: idsOf(functionTokens(f, vocabulary.mode, lex), vocabulary),
    counts: Float32Array.from(featureRow({ counts, shapes: known }, operations)),
  };
}
