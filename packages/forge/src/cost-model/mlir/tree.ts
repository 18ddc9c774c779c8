import { matchBrackets } from "./brackets.ts";
import type { Lexeme } from "./lexer.ts";
import { MlirSyntaxError } from "./syntax-error.ts";

/** An operation as written, with the blocks of its regions. */
export interface RawOperation {
  readonly name: Lexeme;
  readonly results: readonly string[];
  /** What follows the name, regions left out. */
  readonly body: readonly Lexeme[];
  readonly regions: readonly (readonly RawBlock[])[];
}

export interface RawBlock {
  /** `^bb1`; empty for an entry block without a label. */
  readonly label: string;
  /** What stands between the parentheses of the label. */
  readonly arguments: readonly Lexeme[];
  readonly operations: readonly RawOperation[];
}

/** Names without a dot that begin an operation all the same. */
const undotted = new Set(["return", "module", "func", "call", "br", "cond_br", "constant"]);
/** What may follow `%i =` in the head of a loop. */
const bounds = new Set(["affine_map", "max", "min"]);

/** The operations of an MLIR text, aliases (`#map = ...`) put in their places. */
export class TreeReader {
  readonly #lexemes: readonly Lexeme[];
  readonly #partner: Int32Array;
  readonly #aliases = new Map<string, readonly Lexeme[]>();

  constructor(lexemes: readonly Lexeme[]) {
    this.#lexemes = lexemes;
    this.#partner = matchBrackets(lexemes);
  }

  /** @throws MlirSyntaxError where neither an operation nor an alias begins. */
  top(): RawOperation[] {
    const all = this.#lexemes;
    let i = 0;
    while (all[i]?.kind === "alias" && all[i + 1]?.text === "=") {
      let end = i + 2;
      while (
        end < all.length &&
        !(all[end]!.kind === "alias" && all[end + 1]?.text === "=") &&
        !this.#operationAt(end)
      ) {
        end = this.#partner[end]! > end ? this.#partner[end]! + 1 : end + 1;
      }
      this.#aliases.set(all[i]!.text, this.#expanded(all.slice(i + 2, end)));
      i = end;
    }
    const [block, ...more] = this.#blocks(i, all.length);
    if (more.length > 0) throw this.#unexpected(i);
    return [...(block?.operations ?? [])];
  }

  #unexpected(i: number): MlirSyntaxError {
    const { text, line, column } = this.#lexemes[i]!;
    return new MlirSyntaxError(`expected an operation, got ${JSON.stringify(text)}`, line, column);
  }

  #expanded(lexemes: readonly Lexeme[]): Lexeme[] {
    return lexemes.flatMap((lexeme) =>
      lexeme.kind === "alias" ? (this.#aliases.get(lexeme.text) ?? [lexeme]) : [lexeme],
    );
  }

  /** Where the name of an operation that begins at `i` stands, with its results; null if none does. */
  #operationAt(i: number): { at: number; results: string[] } | null {
    const all = this.#lexemes;
    const results: string[] = [];
    let at = i;
    if (all[at]?.kind === "value") {
      while (all[at]?.kind === "value") {
        results.push(all[at]!.text);
        at++;
        if (all[at]?.text === ":" && all[at + 1]?.kind === "number") at += 2;
        if (all[at]?.text === ",") at++;
      }
      if (all[at]?.text !== "=") return null;
      at++;
    }
    const name = all[at];
    const next = all[at + 1]?.text;
    if (name?.kind === "string") return next === "(" ? { at, results } : null;
    if (name?.kind !== "name" || next === "=") return null;
    const begins =
      name.text.includes(".") ||
      undotted.has(name.text) ||
      (results.length > 0 && !bounds.has(name.text) && next !== "<");
    return begins ? { at, results } : null;
  }

  /** Whether the brace at `i` begins a region and not a list of attributes. */
  #isRegion(i: number): boolean {
    if (this.#lexemes[i]?.text !== "{") return false;
    const first = this.#lexemes[i + 1]!;
    const next = this.#lexemes[i + 2];
    if (first.text === "}")
      return this.#lexemes[i - 1]?.text !== ")" ? false : this.#lexemes[i + 2]?.text !== ":";
    if (first.kind === "block" || first.kind === "value") return true;
    if (first.kind === "string") return next?.text === "(";
    if (first.kind !== "name") return false;
    if (next?.text === "," || next?.text === "}") return /(^|\.)(yield|return)$/.test(first.text);
    return next?.text !== "=";
  }

  #blocks(from: number, to: number): RawBlock[] {
    const all = this.#lexemes;
    const blocks: { label: string; arguments: Lexeme[]; operations: RawOperation[] }[] = [];
    let i = from;
    while (i < to) {
      const afterLabel = this.#afterLabel(i);
      if (afterLabel > 0) {
        const list = all[i + 1]!.text === "(" ? all.slice(i + 2, this.#partner[i + 1]!) : [];
        blocks.push({ label: all[i]!.text, arguments: this.#expanded(list), operations: [] });
        i = afterLabel;
        continue;
      }
      const found = this.#operationAt(i);
      if (found === null) throw this.#unexpected(i);
      if (blocks.length === 0) blocks.push({ label: "", arguments: [], operations: [] });
      i = this.#operation(found, to, blocks.at(-1)!.operations);
    }
    return blocks;
  }

  /** The place after the colon of a label at `i`, or 0 where there is none. */
  #afterLabel(i: number): number {
    if (this.#lexemes[i]?.kind !== "block") return 0;
    const colon = this.#lexemes[i + 1]?.text === "(" ? this.#partner[i + 1]! + 1 : i + 1;
    return this.#lexemes[colon]?.text === ":" ? colon + 1 : 0;
  }

  /** Reads one operation into `out` and returns where the next begins. */
  #operation(
    { at, results }: { at: number; results: string[] },
    to: number,
    out: RawOperation[],
  ): number {
    const all = this.#lexemes;
    const body: Lexeme[] = [];
    const regions: RawBlock[][] = [];
    let i = at + 1;
    while (i < to) {
      if (this.#isRegion(i)) {
        regions.push(this.#blocks(i + 1, this.#partner[i]!));
        i = this.#partner[i]! + 1;
      } else if (all[i]!.text === "(" && this.#isRegion(i + 1)) {
        for (let k = i + 1; k < this.#partner[i]!; k = this.#partner[k]! + 2) {
          regions.push(this.#blocks(k + 1, this.#partner[k]!));
        }
        i = this.#partner[i]! + 1;
      } else if (this.#operationAt(i) !== null || this.#afterLabel(i) > 0) break;
      else {
        const end = this.#partner[i]! > i ? this.#partner[i]! : i;
        body.push(...all.slice(i, end + 1));
        i = end + 1;
      }
    }
    out.push({ name: all[at]!, results, body: this.#expanded(body), regions });
    return i;
  }
}
