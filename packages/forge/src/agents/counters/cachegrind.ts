/** What was counted while a function ran. */
export interface CacheCounts {
  readonly instructions: number;
  /** Reads and writes of data. */
  readonly accesses: number;
  /** Accesses that the first cache did not have, and of those the ones that the last did not have either. */
  readonly firstMisses: number;
  readonly lastMisses: number;
}

/** The summary that callgrind prints with `--cache-sim=yes`; null where it has none. */
export function parseCacheCounts(output: string): CacheCounts | null {
  const names = /Events\s*:\s*(.+)$/m.exec(output)?.[1]?.trim().split(/\s+/);
  const numbers = /Collected\s*:\s*([\d ]+)$/m.exec(output)?.[1]?.trim().split(/\s+/).map(Number);
  if (!names || !numbers || names.length !== numbers.length) return null;
  const count = (name: string) => numbers[names.indexOf(name)];
  const wanted = ["Ir", "Dr", "Dw", "D1mr", "D1mw", "DLmr", "DLmw"].map(count);
  if (wanted.includes(undefined)) return null;
  const [instructions, reads, writes, d1r, d1w, dlr, dlw] = wanted as number[];
  return {
    instructions: instructions!,
    accesses: reads! + writes!,
    firstMisses: d1r! + d1w!,
    lastMisses: dlr! + dlw!,
  };
}
