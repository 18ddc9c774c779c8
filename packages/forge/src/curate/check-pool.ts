import { checkType } from "@daily-kernel/compute";
import { TracePool } from "./trace-pool.ts";

/** Throws `ERR_TYPE` unless `value` is a pool of traces. */
export function checkPool(fn: string, value: unknown): void {
  checkType(value instanceof TracePool, fn, "pool", "a TracePool", value);
}
