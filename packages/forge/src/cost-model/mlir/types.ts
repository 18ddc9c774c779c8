import type { Lexeme } from "./lexer.ts";

const builtin = /^(tensor|memref|vector|complex|tuple|index|none|b?f\d+|[su]?i\d+)$/;

/** Where a type that begins at `i` ends (exclusive), or `i` if none begins there. */
export function typeEnd(lexemes: readonly Lexeme[], i: number): number {
  const { kind, text } = lexemes[i]!;
  const begins =
    (kind === "name" && builtin.test(text)) || (kind === "alias" && text.startsWith("!"));
  if (!begins) return i;
  let end = i + 1;
  if (lexemes[end]?.text !== "<") return end;
  for (let depth = 0; end < lexemes.length; end++) {
    if (lexemes[end]!.text === "<") depth++;
    if (lexemes[end]!.text === ">" && --depth === 0) return end + 1;
  }
  return end;
}

/** Text of lexemes: dimensions get their `x` back. */
const written = (lexemes: readonly Lexeme[]): string =>
  lexemes.map(({ kind, text }) => (kind === "dimension" ? `${text}x` : text)).join("");

/** The types in a list of lexemes, in order, outermost ones only. */
export function typesIn(lexemes: readonly Lexeme[]): string[] {
  const types: string[] = [];
  for (let i = 0; i < lexemes.length; i++) {
    const end = typeEnd(lexemes, i);
    if (end === i) continue;
    types.push(written(lexemes.slice(i, end)));
    i = end - 1;
  }
  return types;
}
