import type { Lexeme } from "./lexer.ts";

/** One operation, in its generic or its pretty form. */
export interface Operation {
  /** `affine.load`, `tosa.add`, `return`. */
  readonly name: string;
  readonly line: number;
  readonly column: number;
  /** Canonical names of what it defines: `%0`, `%1`, ... in order of definition in the function. */
  readonly results: readonly string[];
  /** Canonical names of what it reads, in order of the text. */
  readonly operands: readonly string[];
  /** Names of its attributes. */
  readonly attributes: readonly string[];
  /** Its types as written, without white space. */
  readonly types: readonly string[];
  /** How many regions it stands in, the function's own counted 1. */
  readonly depth: number;
  /** What is written after its name, regions aside; values by their canonical names. */
  readonly body: readonly Lexeme[];
}

/** A function with its operations in canonical order: blocks in the order in which control meets them. */
export interface MlirFunction {
  readonly name: string;
  /** `%arg0`, `%arg1`, ... have these types. */
  readonly arguments: readonly string[];
  readonly results: readonly string[];
  readonly operations: readonly Operation[];
}

/** What `parseMlir` makes of a text. */
export interface MlirModule {
  readonly functions: readonly MlirFunction[];
  /** Names of all operations of all functions, in order. */
  readonly ops: readonly string[];
  /** All types that are written, each once, in order of their first place. */
  readonly types: readonly string[];
  /** All names of attributes, each once, in order of their first place. */
  readonly attributes: readonly string[];
}
