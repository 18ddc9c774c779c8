import type { Trace } from "@daily-kernel/forge";

/** Pearson's r of trace length and speed-up over correct kernels, with Fisher's 95 % interval. */
export function correlation(traces: readonly Trace[]) {
  const correct = traces.filter(({ verdict }) => verdict.accepted);
  const n = correct.length;
  const centred = (values: number[]) => {
    const mean = values.reduce((sum, v) => sum + v, 0) / n;
    return values.map((v) => v - mean);
  };
  const x = centred(correct.map(({ tokens }) => tokens));
  const y = centred(correct.map(({ speedup }) => speedup));
  const dot = (a: number[], b: number[]) => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
  const value = dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
  const half = 1.96 / Math.sqrt(n - 3);
  const interval = [
    Math.tanh(Math.atanh(value) - half),
    Math.tanh(Math.atanh(value) + half),
  ] as const;
  return { value, n, interval };
}
