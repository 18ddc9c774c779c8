import { domainError, Rng } from "@daily-kernel/compute";
import type { Dims, Expected, InputFamily, Task } from "../task/task.ts";
import { type KernelTensor, type TensorSpec, zeros } from "../task/tensor.ts";

/** One set of inputs with what must come out, and what lies in the outputs before the call. */
interface InputSet {
  readonly inputs: readonly KernelTensor[];
  readonly expected: readonly Expected[];
  readonly poison: readonly KernelTensor[];
}

/** What a series of measurements is fed with: drawn and computed once, used for every candidate. */
export interface TimingInputs {
  readonly dims: Dims;
  readonly outputs: readonly TensorSpec[];
  readonly sets: readonly InputSet[];
}

interface Options {
  readonly family?: InputFamily;
  readonly seed?: number | bigint;
  /** How many sets the calls go round; their references cost what the task costs in float64. */
  readonly sets?: number;
}

/**
 * Draws the inputs of timed calls and computes their references.
 * @throws RangeError for dims of another length than the task's names.
 */
export function timingInputs(task: Task, dims: Dims, options: Options = {}): TimingInputs {
  if (dims.length !== task.dimNames.length)
    throw domainError(
      `timingInputs: dims of ${task.id} must be [${task.dimNames.join(", ")}], got ${dims.length} numbers`,
    );
  const { family = task.families.includes("normal") ? "normal" : task.families[0]!, sets = 3 } =
    options;
  const rng = new Rng(options.seed ?? 0, "forge timing");
  const outputs = task.outputs(dims);
  return {
    dims,
    outputs,
    sets: Array.from({ length: sets }, (_, k) => {
      const inputs = task.draw(dims, family, rng.spawn(k));
      return {
        inputs,
        expected: task.reference(inputs, dims),
        poison: outputs.map((spec, o) => noise(spec, rng.spawn(`poison ${k} ${o}`))),
      };
    }),
  };
}

/** Numbers that no task of normal inputs gives. */
function noise(spec: TensorSpec, rng: Rng): KernelTensor {
  const tensor = zeros(spec);
  const { data } = tensor;
  if (data instanceof Float32Array) {
    rng.fillNormal(data);
    for (let i = 0; i < data.length; i++) data[i] = 1e6 * data[i]!;
  } else for (let i = 0; i < data.length; i++) data[i] = rng.integer(2);
  return tensor;
}

/** The largest error of `outputs` in units of its bound; infinite where an exact one is missed. */
export function worstError(
  outputs: readonly KernelTensor[],
  expected: readonly Expected[],
): number {
  let worst = 0;
  for (const [o, { value, bound }] of expected.entries()) {
    const got = outputs[o]!.data;
    for (let i = 0; i < value.length; i++) {
      if (got[i] === value[i]) continue;
      const error = Math.abs(got[i]! - value[i]!);
      if (Number.isNaN(error)) return Number.POSITIVE_INFINITY;
      worst = Math.max(worst, error / bound[i]!);
    }
  }
  return worst;
}
