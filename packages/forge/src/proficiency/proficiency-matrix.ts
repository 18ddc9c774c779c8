import { checkType, domainError } from "@daily-kernel/compute";
import type { ProgrammingModel } from "./models.ts";

/** The score of one prompt: a kernel, a model, and the keyword of the prompt if it had one. */
export interface ProficiencyCell {
  readonly kernel: string;
  readonly model: ProgrammingModel;
  readonly hint?: string;
  readonly score: number;
}

/** Scores of kernels (rows) by models and hints (columns) with their means. */
export interface ProficiencyMatrix {
  readonly rows: readonly {
    readonly kernel: string;
    /** By column; null where the prompt was not asked. */
    readonly scores: readonly (number | null)[];
    readonly mean: number;
  }[];
  readonly columns: readonly {
    readonly model: ProgrammingModel;
    /** Empty for the prompt without a keyword. */
    readonly hint: string;
    readonly mean: number;
  }[];
  readonly mean: number;
}

const meanOf = (values: readonly (number | null)[]) => {
  const known = values.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};

/**
 * The table of kernels by models and hints, both in order of their first appearance; means are over
 * the cells that are there.
 *
 * @throws RangeError for no cell, one that is given twice, or a score outside [0, 1].
 */
export function proficiencyMatrix(results: readonly ProficiencyCell[]): ProficiencyMatrix {
  checkType(Array.isArray(results), "proficiencyMatrix", "results", "an array of cells", results);
  if (results.length === 0) throw domainError("proficiencyMatrix: results must not be empty");
  const byKey = new Map<string, number>();
  const keyOf = (kernel: string, column: string) => JSON.stringify([kernel, column]);
  const columnOf = ({ model, hint = "" }: ProficiencyCell) => JSON.stringify([model, hint]);
  for (const cell of results) {
    const { kernel, model, hint, score } = cell;
    if (!(score >= 0 && score <= 1)) {
      throw domainError(
        `proficiencyMatrix: score of ${kernel}, ${model} must be in [0, 1], got ${score}`,
      );
    }
    const key = keyOf(kernel, columnOf(cell));
    if (byKey.has(key)) {
      throw domainError(`proficiencyMatrix: ${kernel}, ${model}, ${hint ?? "no hint"} comes twice`);
    }
    byKey.set(key, score);
  }
  const columnKeys = [...new Set(results.map(columnOf))];
  const rows = [...new Set(results.map(({ kernel }) => kernel))].map((kernel) => {
    const scores = columnKeys.map((column) => byKey.get(keyOf(kernel, column)) ?? null);
    return { kernel, scores, mean: meanOf(scores) };
  });
  const columns = columnKeys.map((key, c) => {
    const [model, hint] = JSON.parse(key) as [ProgrammingModel, string];
    return { model, hint, mean: meanOf(rows.map(({ scores }) => scores[c]!)) };
  });
  return { rows, columns, mean: meanOf(results.map(({ score }) => score)) };
}

const round = (value: number | null) => (value === null ? "" : String(Number(value.toFixed(4))));

function table({ rows, columns, mean }: ProficiencyMatrix): string[][] {
  const title = ({ model, hint }: ProficiencyMatrix["columns"][number]) =>
    hint === "" ? model : `${model} ${hint}`;
  return [
    ["kernel", ...columns.map(title), "mean"],
    ...rows.map((row) => [row.kernel, ...row.scores.map(round), round(row.mean)]),
    ["mean", ...columns.map((column) => round(column.mean)), round(mean)],
  ];
}

/** The table as comma-separated values (RFC 4180), with a row and a column of means. */
export const matrixToCsv = (matrix: ProficiencyMatrix): string =>
  table(matrix)
    .map((row) =>
      row
        .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
        .join(","),
    )
    .join("\r\n")
    .concat("\r\n");

/** The table in Markdown, with a row and a column of means. */
export function matrixToMarkdown(matrix: ProficiencyMatrix): string {
  const [head, ...rest] = table(matrix);
  const line = (row: readonly string[]) =>
    `| ${row.map((cell) => cell.replaceAll("|", "\\|").replace(/\s+/g, " ")).join(" | ")} |`;
  return [line(head!), line(head!.map(() => "---")), ...rest.map(line), ""].join("\n");
}
