import type { Lexeme } from "../mlir/lexer.ts";
import type { MlirFunction, Operation } from "../mlir/module.ts";
import { typeEnd } from "../mlir/types.ts";

/**
 * `ops`: the name of every operation with the element type of its result. `ops+operands`: names,
 * operands, shapes and attributes.
 */
export type TokenMode = "ops" | "ops+operands";

/** How long ago a value was defined: exact up to 8 definitions, then by powers of two. */
const ago = (distance: number): string =>
  distance <= 8 ? `^${distance}` : `^${2 ** Math.ceil(Math.log2(distance))}`;

/** Constant bounds of a loop, `2 to 66`, become where it begins and how many steps of one it takes. */
function withTrips(tokens: readonly string[]): string[] {
  return tokens.map((token, i) =>
    token !== "to" || !/^\d+$/.test(tokens[i - 1] ?? "") || !/^\d+$/.test(tokens[i + 1] ?? "")
      ? tokens[i - 1] === "to" && /^\d+$/.test(tokens[i - 2] ?? "") && /^\d+$/.test(token)
        ? String(Math.max(0, Number(token) - Number(tokens[i - 2])))
        : token
      : "trips",
  );
}

/** What each value of a function is called in its tokens, the way it looks from its reader. */
class Places {
  readonly #loops = new Map<string, number>();
  readonly #defined = new Map<string, number>();
  readonly #inputs = new Map<string, number>();
  #count = 0;

  /** Enters what `operation` defines: loop variables by their depth, results by their order. */
  define({ results, depth }: Operation, opensRegion: boolean): void {
    for (const result of results) {
      if (opensRegion) this.#loops.set(result, depth);
      else this.#defined.set(result, this.#count++);
    }
  }

  token(value: string, depth: number): string {
    if (value.startsWith("%arg")) return `%arg${Math.min(15, Number(value.slice(4)))}`;
    const loop = this.#loops.get(value);
    if (loop !== undefined) return `%loop${Math.min(7, depth - loop)}`;
    const at = this.#defined.get(value);
    if (at !== undefined) return ago(this.#count - at);
    const input = this.#inputs.get(value) ?? this.#inputs.size % 8; // of a region's first block
    this.#inputs.set(value, input);
    return `%in${input}`;
  }
}

const elementOf = (type: string): string => /(b?f\d+|[su]?i\d+|index)>*$/.exec(type)?.[1] ?? type;

/** Punctuation that says nothing once the parts of an operation are in order. */
const silent = new Set(["(", ")", "[", "]", "{", "}", "<", ">", ",", ":", "=", "::", "|", "->"]);

class Writer {
  readonly tokens: string[] = [];
  #lastType = "";

  /** A type, unless it is the one that was written last. */
  type(lexemes: readonly Lexeme[]): void {
    const type = lexemes.map(({ text }) => text).join(" ");
    if (type === this.#lastType || /^(i\d+|index|none)$/.test(type)) return;
    this.#lastType = type;
    this.body(
      lexemes.slice(1).some(({ kind }) => kind === "dimension") ? lexemes.slice(1) : lexemes,
    );
  }

  /** Lexemes that are no values and no types. */
  body(lexemes: readonly Lexeme[]): void {
    for (const [i, { kind, text }] of lexemes.entries()) {
      if (kind === "dimension") this.tokens.push(`${text}x`);
      else if (kind === "number") {
        const sign = lexemes[i - 1]?.text;
        this.tokens.push(sign === "-" || sign === "+" ? sign + text : text);
      } else if (kind === "symbol") this.tokens.push("@");
      else if (kind === "punctuation") {
        if (silent.has(text) || lexemes[i + 1]?.kind === "number") continue;
        this.tokens.push(text);
      } else this.tokens.push(text);
    }
  }
}

function operandTokens(
  { arguments: types, operations }: MlirFunction,
  lex: (text: string) => Lexeme[],
): string[] {
  const writer = new Writer();
  const places = new Places();
  for (const [i, type] of types.entries()) {
    writer.tokens.push(`%arg${Math.min(15, i)}`);
    writer.type(lex(type));
  }
  for (const [k, operation] of operations.entries()) {
    const next = operations[k + 1]?.depth ?? 1;
    writer.tokens.push(operation.name);
    const { body, results } = operation;
    const own = new Set(results);
    for (let i = 0; i < body.length; i++) {
      const end = typeEnd(body, i);
      if (end > i) {
        writer.type(body.slice(i, end));
        i = end - 1;
      } else if (body[i]!.kind === "value") {
        if (!own.has(body[i]!.text))
          writer.tokens.push(places.token(body[i]!.text, operation.depth));
      } else {
        let until = i + 1;
        while (
          until < body.length &&
          body[until]!.kind !== "value" &&
          typeEnd(body, until) === until
        )
          until++;
        writer.body(body.slice(i, until));
        i = until - 1;
      }
    }
    places.define(operation, next > operation.depth);
    for (let d = operation.depth; d > next; d--) writer.tokens.push("}");
  }
  return withTrips(writer.tokens);
}

/** The tokens of a function, before any vocabulary. */
export function functionTokens(
  f: MlirFunction,
  mode: TokenMode,
  lex: (text: string) => Lexeme[],
): string[] {
  if (mode === "ops+operands") return operandTokens(f, lex);
  return f.operations.map(({ name, types }) =>
    types.length === 0 ? name : `${name}:${elementOf(types.at(-1)!)}`,
  );
}
