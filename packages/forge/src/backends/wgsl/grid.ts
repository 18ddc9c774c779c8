import { domainError, typeError } from "@daily-kernel/compute";
import type { Grid } from "../../session/backend.ts";

const pattern = /^(?:(element|row|tile)(?::([1-9]\d{0,3}))?|(one))$/;

/** Invocations where a rule is given without them: `row` is a workgroup a row. */
const defaultSize = { element: 64, row: 1, tile: 16 } as const;

/**
 * Reads a grid rule: `element:64`, `row`, `row:64`, `tile:16` or `one`.
 * Throws `ERR_TYPE` for anything else and `ERR_DOMAIN` for a size above 1024.
 */
export function parseGrid(text: string): Grid {
  const found = typeof text === "string" ? pattern.exec(text) : null;
  if (found === null) {
    throw typeError(
      `parseGrid: text must be element[:N], row[:N], tile[:N] or one, got ${JSON.stringify(text)}`,
    );
  }
  if (found[3] !== undefined) return { per: "one", size: 1 };
  const per = found[1] as "element" | "row" | "tile";
  const size = found[2] === undefined ? defaultSize[per] : Number(found[2]);
  if (size > 1024) throw domainError(`parseGrid: a size must be in 1..1024, got ${size}`);
  return { per, size };
}

/** `parseGrid` backwards. */
export const gridText = ({ per, size }: Grid): string => (per === "one" ? "one" : `${per}:${size}`);

const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/**
 * How many rows the outputs have: all but the last dimension of a matrix, the elements of a vector
 * that was reduced from a matrix, and one where vectors become vectors.
 */
function rowsOf(output: readonly number[], input: readonly number[]): number {
  if (output.length >= 2) return product(output.slice(0, -1));
  return input.length >= 2 ? product(output) : 1;
}

/**
 * The workgroups that a grid rule asks for, at least one each way. Sizes that are no multiple are
 * rounded up, so that a kernel has to compare its indices with the dims.
 * - `element:S`: ceil(elements of the first output / S) along x.
 * - `row`: as many as rows along x; `row:S` of a kernel that numbers its invocations
 *   (`global_invocation_id`) ceil(rows / S), of one that numbers workgroups again as many as rows.
 * - `tile:S`: as many tiles as the longer side of the output needs along both x and y, so that x may
 *   be the row or the column; z counts the matrices of a batch.
 * - `one`: one.
 */
export function workgroupsOf(
  grid: Grid,
  source: string,
  output: readonly number[],
  input: readonly number[],
): [x: number, y: number, z: number] {
  const { per, size } = grid;
  const up = (n: number) => Math.max(1, Math.ceil(n / size));
  if (per === "one") return [1, 1, 1];
  if (per === "element") return [up(product(output)), 1, 1];
  if (per === "row") {
    const rows = rowsOf(output, input);
    const byInvocation = /\bglobal_invocation_id\b/.test(source);
    return [byInvocation ? up(rows) : Math.max(1, rows), 1, 1];
  }
  const side = up(Math.max(output.at(-1) ?? 1, output.at(-2) ?? 1));
  return [side, side, Math.max(1, product(output.slice(0, -2)))];
}
