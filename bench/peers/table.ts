/** Prints rows of equal keys as a Markdown table, padded so that a terminal can show it too. */
export function printTable(rows: readonly object[]): void {
  const lines = rows.map((row) => Object.values(row).map(String));
  const heads = Object.keys(rows[0] ?? {});
  const widths = heads.map((head, j) =>
    Math.max(head.length, ...lines.map((line) => line[j]!.length)),
  );
  const print = (cells: readonly string[]) =>
    console.log(`| ${cells.map((cell, j) => cell.padEnd(widths[j]!)).join(" | ")} |`);
  print(heads);
  print(widths.map((width) => "-".repeat(width)));
  for (const line of lines) print(line);
}
