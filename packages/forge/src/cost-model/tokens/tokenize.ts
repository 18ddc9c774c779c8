import { checkObject, checkType } from "@daily-kernel/compute";
import { lex } from "../mlir/lexer.ts";
import { parseMlir } from "../mlir/parse.ts";
import { functionTokens, type TokenMode } from "./function-tokens.ts";
import { magnitude } from "./numbers.ts";
import { checkMode, type Vocabulary } from "./vocabulary.ts";

/** A function as a model reads it. */
export interface TokenSequence {
  /** Name of the function. */
  readonly name: string;
  readonly tokens: readonly string[];
  /** Numbers of the tokens in the vocabulary, 1 where it has none; empty without a vocabulary. */
  readonly ids: Int32Array;
}

const indexes = new WeakMap<Vocabulary, ReadonlyMap<string, number>>();

function indexOf(vocab: Vocabulary): ReadonlyMap<string, number> {
  const index = indexes.get(vocab) ?? new Map(vocab.tokens.map((token, i) => [token, i]));
  indexes.set(vocab, index);
  return index;
}

/** The number of each token; that of its magnitude for an unknown number. */
export function idsOf(tokens: readonly string[], vocab: Vocabulary): Int32Array {
  const index = indexOf(vocab);
  return Int32Array.from(tokens, (token) => {
    const id = index.get(token);
    if (id !== undefined) return id;
    const size = magnitude(token);
    return (size === null ? undefined : index.get(size)) ?? 1;
  });
}

/**
 * The token sequence of every function of an MLIR text. A value is written as `%arg2`, as the
 * variable of the innermost loop around (`%loop1`) or one further out, or as how many definitions ago it was made (`^3`), so
 * that names do not matter and a use tells how long its value has lived; shapes are split (`8x`, `32x`,
 * `f32`) and left out where the last one holds again; numbers keep their sign.
 * @throws TypeError `ERR_TYPE`, RangeError `ERR_DOMAIN`; ForgeError `ERR_MLIR_SYNTAX`.
 */
export function tokenize(
  text: string,
  options: { mode?: TokenMode; vocab?: Vocabulary } = {},
): TokenSequence[] {
  checkType(typeof text === "string", "tokenize", "text", "a string", text);
  checkObject("tokenize", "options", options);
  const { vocab, mode = vocab?.mode ?? "ops+operands" } = options;
  checkMode("tokenize", mode);
  return parseMlir(text).functions.map((f) => {
    const tokens = functionTokens(f, mode, lex);
    return { name: f.name, tokens, ids: vocab ? idsOf(tokens, vocab) : new Int32Array(0) };
  });
}
