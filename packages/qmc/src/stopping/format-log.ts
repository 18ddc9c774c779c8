import { checkObject, checkType } from "@daily-kernel/compute";
import type { Integration } from "./stopping-criterion.ts";

/**
 * The steps of a run as a text table: points, solution, bounds and seconds, a line a step, or a line a
 * solution where there are several.
 *
 * @throws TypeError `ERR_TYPE` for what has no log.
 */
export function formatLog(integration: Pick<Integration, "log">): string {
  checkObject("formatLog", "integration", integration);
  const { log } = integration;
  const listed: boolean = Array.isArray(log);
  checkType(listed, "formatLog", "integration.log", "an array", log);
  const several = log.some(({ solution }) => solution.length > 1);
  const header = ["step", "n", "solution", "lower", "upper", "seconds"];
  if (several) header.splice(2, 0, "output");
  const rows = log.flatMap(({ n, solution, lower, upper, seconds }, step) =>
    solution.map((value, k) => [
      ...(k === 0 ? [`${step + 1}`, `${n}`] : ["", ""]),
      ...(several ? [`${k}`] : []),
      ...[value, lower[k]!, upper[k]!].map((x) => x.toPrecision(8)),
      k === 0 ? seconds.toFixed(3) : "",
    ]),
  );
  return alignColumns(header, rows);
}

/** Rows of cells under a header, each column aligned to its right. */
export function alignColumns(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = header.map((name, c) =>
    rows.reduce((width, row) => Math.max(width, row[c]!.length), name.length),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, c) => cell.padStart(widths[c]!))
      .join("  ")
      .trimEnd();
  return [header, ...rows].map(line).join("\n");
}
