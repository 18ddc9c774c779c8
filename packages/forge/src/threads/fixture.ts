import { isMainThread } from "node:worker_threads";
import type { Work } from "./in-thread.ts";

interface Input {
  readonly numbers?: ArrayLike<number>;
  readonly die?: boolean;
  readonly forever?: boolean;
}

const work: Work<Input, { sum: number; main: boolean }> = (
  { numbers = [], die, forever },
  report,
) => {
  if (die) process.exit(3);
  if (forever) for (;;);
  if (numbers.length === 0) throw Object.assign(new RangeError("none"), { code: "ERR_NONE" });
  report(0.5);
  return { sum: Array.from(numbers).reduce((a, b) => a + b), main: isMainThread };
};
export default work;
