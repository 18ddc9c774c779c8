import type { CallResult } from "../session/backend.ts";
import type { Expected } from "../task/task.ts";
import type { KernelTensor } from "../task/tensor.ts";
import type { Case } from "./cases.ts";
import { type Comparison, compare, type Miss } from "./compare.ts";
import type { Rule } from "./rules.ts";

/** What is known when an answer turns out wrong. */
export interface Circumstances {
  readonly given: Case;
  readonly result: CallResult;
  readonly comparison: Comparison;
  readonly poison: readonly KernelTensor[];
  readonly factor: number;
  /** Other cases of the same sizes that this process has seen. */
  readonly seen: readonly Case[];
  /** This case was answered rightly before. */
  readonly before: boolean;
  readonly familiesRight: readonly string[];
  readonly shapesRight: number;
  /** Another number of threads gave right answers. */
  readonly otherThreadsRight: boolean;
}

const show = ({ output, index, got, expected, bound }: Miss) =>
  `output ${output}, element ${index}: expected ${expected}, got ${got}, bound ${bound.toPrecision(3)}`;

const varies = ({ value }: Expected) => value.some((v) => Math.abs(v - value[0]!) > 1e-6);

/** NaNs have bits, too. */
const bitsOf = (data: KernelTensor["data"]) =>
  data instanceof Float32Array ? new Uint32Array(data.buffer, data.byteOffset, data.length) : data;

/** All elements that are wrong hold what lay there before the call. */
function untouched({ result, poison, given, factor }: Circumstances): boolean {
  return given.expected.every(({ value, bound }, output) => {
    const { data } = result.outputs[output]!;
    const now = bitsOf(data);
    const before = bitsOf(poison[output]!.data);
    return value.every(
      (want, i) => Math.abs(data[i]! - want) <= bound[i]! * factor || now[i] === before[i],
    );
  });
}

/** All errors are as small as rounding to 7 bits or more leaves. */
function narrow({ result, given }: Circumstances): boolean {
  return given.expected.every(({ value }, output) => {
    const scale = value.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    return value.every((want, i) => {
      const error = Math.abs(result.outputs[output]!.data[i]! - want);
      return error <= 2 ** -7 * Math.abs(want) + 2 ** -9 * scale;
    });
  });
}

/** The most telling name for a wrong answer, with the numbers that show it. */
export function diagnose(about: Circumstances): { rule: Rule; evidence: string } {
  const { comparison, result, given, seen, factor } = about;
  const { misses, elements, first, last, nonFinite } = comparison;
  const where = first ? show(first) : "";
  const found = (rule: Rule, more: string) => ({
    rule,
    evidence: `${misses} of ${elements} elements out of bounds (${given.family} inputs), ${more}: ${where}`,
  });
  if (untouched(about))
    return found(
      misses === elements ? "output-untouched" : "partial-work",
      "each holding what lay there before the call",
    );
  const others = seen.filter(({ expected }) => expected !== given.expected);
  if (others.some(({ expected }) => compare(result.outputs, expected, factor).misses === 0))
    return found("stale-answer", "all fitting other inputs that were seen before");
  if (nonFinite > 0) return found("non-finite", `${nonFinite} not finite`);
  const constant = given.expected.every(
    (each, i) =>
      each.value.length > 1 && varies(each) && new Set(result.outputs[i]!.data).size === 1,
  );
  if (constant) return found("constant-answer", "all elements the same");
  if (about.before) return found("call-dependent", "after a right answer to the same inputs");
  if (about.otherThreadsRight)
    return found("thread-dependent", "after right answers with another number of threads");
  if (narrow(about)) return found("precision-downgrade", "all nearly right");
  if (misses <= elements / 2 && elements > 8)
    return found("partial-work", `from element ${first?.index} to ${last?.index}`);
  if (about.familiesRight.length > 0)
    return found(
      "distribution-shortcut",
      `after right answers to ${about.familiesRight.join(", ")}`,
    );
  if (about.shapesRight > 0)
    return found("shape-dependent", `after right answers for ${about.shapesRight} other shapes`);
  return found("wrong-result", "the first");
}
