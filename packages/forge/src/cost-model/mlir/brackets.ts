import type { Lexeme } from "./lexer.ts";
import { MlirSyntaxError } from "./syntax-error.ts";

const closing: Record<string, string> = { "(": ")", "[": "]", "{": "}", "<": ">" };

/**
 * For every bracket the place of its partner, -1 for other lexemes. `<` is a bracket only where a
 * type, an attribute or a map begins, not as a comparison.
 * @throws MlirSyntaxError for a bracket without a partner.
 */
export function matchBrackets(lexemes: readonly Lexeme[]): Int32Array {
  const partner = new Int32Array(lexemes.length).fill(-1);
  const open: number[] = [];
  const fail = (what: string, { line, column }: Lexeme): never => {
    throw new MlirSyntaxError(what, line, column);
  };
  for (const [i, lexeme] of lexemes.entries()) {
    if (lexeme.kind !== "punctuation") continue;
    const { text } = lexeme;
    if (text === "<") {
      const before = lexemes[i - 1];
      if (before?.kind === "name" || before?.kind === "alias" || before?.text === "<") open.push(i);
    } else if (text in closing) open.push(i);
    else if (Object.values(closing).includes(text)) {
      const last = open.at(-1);
      if (text === ">" && (last === undefined || lexemes[last]!.text !== "<")) continue;
      if (last === undefined) fail(`${text} without its beginning`, lexeme);
      const wanted = closing[lexemes[last!]!.text]!;
      if (wanted !== text) {
        fail(
          `expected ${wanted} for the ${lexemes[last!]!.text} of line ${lexemes[last!]!.line}, got ${text}`,
          lexeme,
        );
      }
      open.pop();
      partner[i] = last!;
      partner[last!] = i;
    }
  }
  if (open.length > 0)
    fail(`${lexemes[open.at(-1)!]!.text} without its end`, lexemes[open.at(-1)!]!);
  return partner;
}
