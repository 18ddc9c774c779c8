import { inControlOrder } from "./block-order.ts";
import type { Lexeme } from "./lexer.ts";
import type { MlirFunction, Operation } from "./module.ts";
import type { RawBlock, RawOperation } from "./tree.ts";
import { typesIn } from "./types.ts";

/** The name of an operation, the quotes of the generic form taken off. */
const nameOf = ({ name }: RawOperation): string =>
  name.kind === "string" ? name.text.slice(1, -1) : name.text;

export const isFunction = (operation: RawOperation): boolean =>
  /^(func|(func|llvm|gpu|spv)\.func)$/.test(nameOf(operation));

/** Names of attributes: what stands before an equals sign within braces. */
const attributesIn = (body: readonly Lexeme[]): string[] => {
  let depth = 0;
  return body.flatMap(({ kind, text }, i) => {
    if (text === "{") depth++;
    if (text === "}") depth--;
    return depth > 0 && kind === "name" && body[i + 1]?.text === "=" ? [text] : [];
  });
};

/** Gives the values of one function their canonical names. */
class Naming {
  readonly #names = new Map<string, string>();
  #count = 0;
  define(written: string): string {
    const name = `%${this.#count++}`;
    this.#names.set(written, name);
    return name;
  }
  argument(written: string, index: number): void {
    this.#names.set(written, `%arg${index}`);
  }
  nameOf(written: string): string | undefined {
    return this.#names.get(written);
  }
}

/** Places of values that a body defines itself: `%i = 0`, `(%i, %j) = (...)`. */
function definedIn(body: readonly Lexeme[]): Set<number> {
  const defined = new Set<number>();
  const open: number[] = [];
  for (const [i, { kind, text }] of body.entries()) {
    if (kind === "value" && body[i + 1]?.text === "=") defined.add(i);
    if (text === "(") open.push(i);
    if (text !== ")") continue;
    const begin = open.pop() ?? i;
    if (body[i + 1]?.text !== "=") continue;
    for (let k = begin; k < i; k++) if (body[k]!.kind === "value") defined.add(k);
  }
  return defined;
}

function readOperation(raw: RawOperation, depth: number, naming: Naming): Operation {
  const defined = definedIn(raw.body);
  const results: string[] = [];
  const operands: string[] = [];
  const body = raw.body.map((lexeme, i) => {
    if (lexeme.kind !== "value") return lexeme;
    const known = defined.has(i) ? undefined : naming.nameOf(lexeme.text);
    const text = known ?? naming.define(lexeme.text);
    (known === undefined ? results : operands).push(text);
    return { ...lexeme, text };
  });
  results.push(...raw.results.map((name) => naming.define(name)));
  const { line, column } = raw.name;
  const attributes = attributesIn(raw.body);
  return {
    name: nameOf(raw),
    line,
    column,
    results,
    operands,
    attributes,
    types: typesIn(body),
    depth,
    body,
  };
}

function readBlocks(
  blocks: readonly RawBlock[],
  depth: number,
  naming: Naming,
  out: Operation[],
): void {
  for (const block of inControlOrder(blocks)) {
    for (const { kind, text } of block.arguments) if (kind === "value") naming.define(text);
    for (const raw of block.operations) {
      out.push(readOperation(raw, depth, naming));
      for (const region of raw.regions) readBlocks(region, depth + 1, naming, out);
    }
  }
}

/** `(%a: T, %b: U)` at the head of `lexemes`: the names of its values, its types, and where it ends. */
function signature(lexemes: readonly Lexeme[], begin: number) {
  let depth = 0;
  let end = begin;
  for (; end < lexemes.length; end++) {
    if (lexemes[end]!.text === "(") depth++;
    if (lexemes[end]!.text === ")" && --depth === 0) break;
  }
  const list = lexemes.slice(begin, end);
  const names = list.filter(({ kind }) => kind === "value").map(({ text }) => text);
  return { names, types: outsideBraces(list), end };
}

function outsideBraces(lexemes: readonly Lexeme[]): string[] {
  let depth = 0;
  return typesIn(
    lexemes.filter(({ text }) => {
      if (text === "{") depth++;
      else if (text === "}") depth--;
      else return depth === 0;
      return false;
    }),
  );
}

/** A function out of its operation, pretty (`func.func @f(%a: T) -> U {`) or generic. */
export function readFunction(raw: RawOperation): MlirFunction {
  const naming = new Naming();
  const operations: Operation[] = [];
  const { body, regions } = raw;
  const entry = regions[0]?.[0];
  const symbol = body.findIndex(({ kind }) => kind === "symbol");
  const attribute = body.findIndex(
    ({ text }, i) => text === "sym_name" && body[i + 1]?.text === "=",
  );
  const pretty = symbol >= 0 && body[symbol + 1]?.text === "(" && raw.name.kind === "name";
  const name = pretty
    ? body[symbol]!.text.slice(1)
    : (body[attribute + 2]?.text.slice(1, -1) ?? "");
  const head = pretty
    ? signature(body, symbol + 1)
    : {
        names: (entry?.arguments ?? [])
          .filter(({ kind }) => kind === "value")
          .map(({ text }) => text),
        types: outsideBraces(entry?.arguments ?? []),
        end: body.findIndex(({ text }) => text === "->") - 1,
      };
  for (const [i, written] of head.names.entries()) naming.argument(written, i);
  const rest = body.slice(head.end + 1);
  const until = rest.findIndex(({ text }) => text === "attributes" || text === ",");
  const results =
    rest[0]?.text === "->"
      ? outsideBraces(until > 0 && rest[1]?.text !== "(" ? rest.slice(0, until) : rest)
      : [];
  for (const region of regions) {
    const [first, ...others] = inControlOrder(region);
    const blocks = first && !pretty ? [{ ...first, arguments: [] }, ...others] : region;
    readBlocks(blocks, 1, naming, operations);
  }
  return { name, arguments: head.types, results, operations };
}
