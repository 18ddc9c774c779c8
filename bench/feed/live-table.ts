/** Prints rows of equal keys as a Markdown table, each as soon as it is there. */
export function liveTable(): (row: Readonly<Record<string, string>>) => void {
  let widths: number[] | undefined;
  return (row) => {
    const print = (cells: readonly string[]) =>
      console.log(`| ${cells.map((cell, j) => cell.padEnd(widths![j]!)).join(" | ")} |`);
    if (!widths) {
      const heads = Object.entries(row);
      widths = heads.map(([head, value], j) => Math.max(head.length, value.length, j ? 12 : 36));
      print(heads.map(([head]) => head));
      print(widths.map((width) => "-".repeat(width)));
    }
    print(Object.values(row));
  };
}
