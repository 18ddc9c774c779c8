import { dataError } from "@daily-kernel/compute";
import type { Table } from "../shapes.ts";

/** What a table of numbers in text must look like. */
export interface TableLayout {
  readonly columns: readonly string[];
  readonly rows: number;
  /** What stands between two numbers of a row. */
  readonly separator: string | RegExp;
  /** Inclusive range of every number, where the data set has one. */
  readonly range?: readonly [number, number];
}

/** Reads lines of numbers into a row-major table; every cell must be a finite number in range. */
export function numberTable(path: string, text: string, layout: TableLayout): Table {
  const cols = layout.columns.length;
  const [low, high] = layout.range ?? [-Number.MAX_VALUE, Number.MAX_VALUE];
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length !== layout.rows) {
    throw dataError(`${path}: expected ${layout.rows} rows, got ${lines.length}`);
  }
  const data = new Float64Array(layout.rows * cols);
  lines.forEach((line, row) => {
    const cells = line.trim().split(layout.separator);
    if (cells.length !== cols) {
      throw dataError(`${path}: row ${row + 1} must have ${cols} numbers, got ${cells.length}`);
    }
    cells.forEach((cell, col) => {
      const value = cell.trim() === "" ? Number.NaN : Number(cell);
      if (!(value >= low && value <= high)) {
        const where = `row ${row + 1}, column "${layout.columns[col]}"`;
        throw dataError(`${path}: ${where}: expected a number in ${low}..${high}, got "${cell}"`);
      }
      data[row * cols + col] = value;
    });
  });
  return { data, rows: layout.rows, cols, columns: [...layout.columns] };
}
