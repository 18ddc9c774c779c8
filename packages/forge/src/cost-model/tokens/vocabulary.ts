import { checkObject, checkType, domainError } from "@daily-kernel/compute";
import { lex } from "../mlir/lexer.ts";
import { parseMlir } from "../mlir/parse.ts";
import { functionTokens, type TokenMode } from "./function-tokens.ts";
import { magnitude } from "./numbers.ts";

const PAD = "<pad>";
const UNKNOWN = "<unk>";

/** The tokens that a model knows; their places are their numbers. Plain data. */
export interface Vocabulary {
  readonly mode: TokenMode;
  /** `<pad>` is 0, `<unk>` is 1. */
  readonly tokens: readonly string[];
}

export function checkMode(fn: string, mode: unknown): asserts mode is TokenMode {
  if (mode !== "ops" && mode !== "ops+operands") {
    throw domainError(`${fn}: mode must be "ops" or "ops+operands", got ${JSON.stringify(mode)}`);
  }
}

/**
 * The tokens that stand at least `minCount` times in a corpus of MLIR texts, the frequent first, and
 * the magnitudes of all its numbers.
 * @throws TypeError `ERR_TYPE`, RangeError `ERR_DOMAIN`; ForgeError `ERR_MLIR_SYNTAX`.
 */
export function buildVocab(
  corpus: readonly string[],
  options: { mode?: TokenMode; minCount?: number } = {},
): Vocabulary {
  checkType(Array.isArray(corpus), "buildVocab", "corpus", "an array of texts", corpus);
  checkObject("buildVocab", "options", options);
  const { mode = "ops+operands", minCount = 2 } = options;
  checkMode("buildVocab", mode);
  if (!(Number.isSafeInteger(minCount) && minCount >= 1)) {
    throw domainError(`buildVocab: minCount must be a whole number >= 1, got ${minCount}`);
  }
  const sequences = corpus.flatMap((text) =>
    parseMlir(text).functions.map((f) => functionTokens(f, mode, lex)),
  );
  return vocabularyOf(sequences, mode, minCount);
}

/** The same from token sequences. */
export function vocabularyOf(
  sequences: readonly (readonly string[])[],
  mode: TokenMode,
  minCount: number,
): Vocabulary {
  const counts = new Map<string, number>();
  const magnitudes = new Set<string>();
  for (const token of sequences.flat()) {
    counts.set(token, (counts.get(token) ?? 0) + 1);
    const size = magnitude(token);
    if (size !== null) magnitudes.add(size);
  }
  const frequent = [...counts]
    .filter(([, count]) => count >= minCount)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([token]) => token);
  return { mode, tokens: [PAD, UNKNOWN, ...[...magnitudes].sort(), ...frequent] };
}
