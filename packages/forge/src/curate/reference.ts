import type { CurateOptions } from "./select.ts";
import { normaliseSource } from "./source-hash.ts";
import type { Trace } from "./trace.ts";

/** The rules as sentences over whole arrays, quadratic and slow: what the columns must agree with. */
export function reference(traces: readonly Trace[], options: CurateOptions): Trace[] {
  const { rule = "concise", n = 0, perType, minSpeedup = 1, maxTokens = Infinity } = options;
  const place = (t: Trace) => traces.indexOf(t);
  const best = (from: readonly Trace[], ...keys: ((t: Trace) => number | string)[]) =>
    from.toSorted((a, b) => {
      for (const key of [...keys, place]) {
        const [x, y] = [key(a), key(b)];
        if (x !== y) return x < y ? -1 : 1;
      }
      return 0;
    });
  const short = (t: Trace) => t.tokens;
  const long = (t: Trace) => -t.tokens;
  const fast = (t: Trace) => -t.speedup;
  const task = (t: Trace) => t.taskId;
  const index = (t: Trace) => t.sampleIndex;

  const correct = traces.filter((t) => t.verdict.accepted && t.tokens <= maxTokens);
  const same = (a: Trace, b: Trace) =>
    normaliseSource(a.source) === normaliseSource(b.source) &&
    (options.duplicates !== "task" || a.taskId === b.taskId);
  const rows = correct.filter(
    (t) =>
      best(
        correct.filter((other) => same(t, other)),
        short,
        task,
        index,
      )[0] === t,
  );
  const quota = (type: string) =>
    typeof perType === "object" ? (perType[type] ?? Infinity) : (perType ?? Infinity);
  const balanced = (ordered: readonly Trace[], most: number) => {
    const kept: Trace[] = [];
    for (const t of ordered) {
      const before = kept.filter((other) => other.taskType === t.taskType).length;
      if (kept.length < most && before < quota(t.taskType)) kept.push(t);
    }
    return traces.filter((t) => kept.includes(t));
  };
  if (rule === "concise" || rule === "fastest-per-task") {
    const kept = rows.filter((t) => {
      const rivals = rows.filter((other) => other.taskId === t.taskId);
      const s = best(rivals, short, index)[0];
      const f = best(rivals, fast, short, index)[0];
      return f === t && (rule !== "concise" || s === t) && t.speedup > minSpeedup;
    });
    return balanced(best(kept, fast, short, task, index), Infinity);
  }
  const quick = rows.filter((t) => t.speedup > minSpeedup);
  const keys = {
    shortest: [short, task, index],
    longest: [long, task, index],
    fastest: [fast, short, task, index],
    random: [],
  }[rule];
  return balanced(best(quick, ...keys), n);
}
