import type { VerbResult } from "@daily-kernel/service";

type Sweep = VerbResult<"sweepCancel">;

/** `8 cells: 3 done, 1 running, 4 waiting`. */
export function cellCounts({ cells }: Sweep): string {
  const words = { done: "done", failed: "failed", cancelled: "cancelled", running: "running" };
  const total = Object.values(cells).reduce((sum, count) => sum + count, 0);
  const told = Object.entries({ ...words, queued: "waiting" })
    .map(([state, word]) => [cells[state as keyof typeof cells], word] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`);
  return `${total} ${total === 1 ? "cell" : "cells"}: ${told.join(", ")}`;
}

/** Columns as wide as they need to be; the last one ends where its text does. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((text, i) => text.padEnd(widths[i]!))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
