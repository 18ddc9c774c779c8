import { MlirSyntaxError } from "./syntax-error.ts";

type LexemeKind =
  | "alias" // #map, !type
  | "block" // ^bb0
  | "dimension" // the 8 of 8xf32
  | "name" // affine.for, f32
  | "number"
  | "punctuation"
  | "string"
  | "symbol" // @kernel
  | "value"; // %0

export interface Lexeme {
  readonly kind: LexemeKind;
  /** As written; a dimension without its `x`, a value without `#1` or `:2`. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

const element = "(?:[\\d?]+x)*(?:b?f\\d+|[su]?i\\d+|index|complex|vector|memref|tensor|!)";
const patterns: readonly (readonly [LexemeKind | "skip", string])[] = [
  ["skip", "[ \\t\\r\\n\\f\\v\\uFEFF]+|//[^\\r\\n]*"],
  ["dimension", `(?:\\d+|\\?|\\*)x(?=${element})`],
  ["number", "0x[0-9a-fA-F]+|\\d+\\.\\d*(?:[eE][-+]?\\d+)?|\\d+(?:[eE][-+]?\\d+)?"],
  ["string", '"(?:[^"\\\\\\r\\n]|\\\\.)*"'],
  ["value", "%(?:\\d+|[\\w$.-]*[\\w$])(?:#\\d+)?"],
  ["symbol", '@(?:[\\w$.-]+|"(?:[^"\\\\\\r\\n]|\\\\.)*")'],
  ["block", "\\^[\\w$.-]+"],
  ["alias", "[#!][\\w$.-]+"],
  ["name", "[A-Za-z_][\\w$.]*"],
  ["punctuation", "->|::|>=|==|[()[\\]{}<>,:=+*/|?-]"],
];
const pattern = new RegExp(patterns.map(([, source]) => `(${source})`).join("|"), "y");

/**
 * The lexemes of an MLIR text; comments, white space and a byte-order mark are dropped.
 * @throws MlirSyntaxError for a character or a string that MLIR has not.
 */
export function lex(text: string): Lexeme[] {
  const lexemes: Lexeme[] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) {
      const character = String.fromCodePoint(text.codePointAt(at)!);
      const what =
        character === '"' ? "a string without its end" : `unexpected ${JSON.stringify(character)}`;
      throw new MlirSyntaxError(what, line, at - lineStart + 1);
    }
    const found = match[0];
    let group = 1;
    while (match[group] === undefined) group++;
    const kind = patterns[group - 1]![0];
    if (kind === "skip") {
      for (const { index, 0: end } of found.matchAll(/\r\n|\n|\r/g)) {
        line++;
        lineStart = at + index + end.length;
      }
    } else {
      const written =
        kind === "dimension"
          ? found.slice(0, -1)
          : kind === "value"
            ? found.split("#", 1)[0]!
            : found;
      lexemes.push({ kind, text: written, line, column: at - lineStart + 1 });
    }
    at += found.length;
  }
  return lexemes;
}
