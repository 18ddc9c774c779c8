import { checkPerType, counter, type PerType } from "./quota.ts";
import { orders } from "./rules.ts";
import type { Trace } from "./trace.ts";
import { TraceTable } from "./trace-table.ts";

/**
 * At most `perType` samples of each type (or of the types that are named), the fastest first (ties:
 * fewer tokens, task id, sample index), in the order in which they came.
 */
export function balance(traces: readonly Trace[], perType: PerType): Trace[] {
  checkPerType("balance", perType);
  const table = new TraceTable();
  for (const [i, trace] of traces.entries()) table.add(trace, i + 1);
  const room = counter(perType);
  const order = Uint32Array.from(traces, (_, i) => i).sort(orders(table).fastestFirst);
  const kept = new Set([...order].filter((i) => room(traces[i]!.taskType)));
  return traces.filter((_, i) => kept.has(i));
}
