import { checkType } from "@daily-kernel/compute";
import { lex } from "./lexer.ts";
import type { MlirFunction, MlirModule } from "./module.ts";
import { isFunction, readFunction } from "./read-function.ts";
import { type RawOperation, TreeReader } from "./tree.ts";

/**
 * Reads MLIR of any dialect, in the generic and the pretty form, without knowing the dialects: it
 * finds functions, operations, values, types and attributes by how they are written. Names of values,
 * white space, comments, line ends and the order of blocks leave no trace but line and column.
 * Functions without a body are left out. O(length).
 * @throws TypeError `ERR_TYPE` unless `text` is a string; ForgeError `ERR_MLIR_SYNTAX` with line and
 *   column (from 1) for what cannot be MLIR.
 */
export function parseMlir(text: string): MlirModule {
  checkType(typeof text === "string", "parseMlir", "text", "a string", text);
  const functions: MlirFunction[] = [];
  const visit = (operation: RawOperation): void => {
    if (isFunction(operation)) {
      if (operation.regions.some((blocks) => blocks.length > 0))
        functions.push(readFunction(operation));
    } else {
      for (const { operations } of operation.regions.flat())
        for (const inner of operations) visit(inner);
    }
  };
  for (const operation of new TreeReader(lex(text)).top()) visit(operation);
  const operations = functions.flatMap((f) => f.operations);
  const once = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())];
  return {
    functions,
    ops: operations.map(({ name }) => name),
    types: once([
      ...functions.flatMap((f) => [f.arguments, f.results]),
      ...operations.map((o) => o.types),
    ]),
    attributes: once(operations.map((o) => o.attributes)),
  };
}
