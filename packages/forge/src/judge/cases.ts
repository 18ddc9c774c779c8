import type { Rng } from "@daily-kernel/compute";
import type { Dims, Expected, InputFamily, Task } from "../task/task.ts";
import { type KernelTensor, zeros } from "../task/tensor.ts";

/** Inputs of one call and what they must give. */
export interface Case {
  readonly dims: Dims;
  readonly family: InputFamily;
  readonly inputs: readonly KernelTensor[];
  readonly expected: readonly Expected[];
}

export function drawCase(task: Task, dims: Dims, family: InputFamily, rng: Rng): Case {
  const inputs = task.draw(dims, family, rng);
  return { dims, family, inputs, expected: task.reference(inputs, dims) };
}

/** Elements of float inputs that `pick` chooses come from another draw; all others stay. */
export function mixCase(
  task: Task,
  base: Case,
  other: Case,
  pick: (index: number, length: number) => boolean,
): Case {
  const inputs = base.inputs.map((tensor, i): KernelTensor => {
    if (tensor.dtype !== "float32") return tensor;
    const data = Float32Array.from(tensor.data);
    const from = other.inputs[i]?.data;
    for (let at = 0; at < data.length; at++) {
      if (pick(at, data.length)) data[at] = from?.[at] ?? data[at]!;
    }
    return { ...tensor, data };
  });
  return { ...base, inputs, expected: task.reference(inputs, base.dims) };
}

/** Whether inputs of a task may be mixed without losing what makes them valid (a matrix's structure). */
export const mayMix = ({ category }: Task): boolean => category !== "hpc";

type Poison = readonly KernelTensor[];

const blank = (task: Task, dims: Dims): KernelTensor[] => task.outputs(dims).map(zeros);

/** What no reference gives: NaN (of unusual bits) among numbers of every size, random bits for integers. */
export function noise(task: Task, dims: Dims, rng: Rng): Poison {
  const tensors = blank(task, dims);
  for (const { dtype, data } of tensors) {
    const bits = new Uint32Array(data.buffer, 0, dtype === "bool" ? 0 : data.length);
    for (let i = 0; i < data.length; i++) {
      const word = rng.uint32();
      if (dtype === "bool") data[i] = word & 1;
      else if (dtype === "int32") data[i] = word;
      else if (word % 3 === 0) bits[i] = 0x7fc00000 | (word >>> 10);
      else data[i] = (word / 2 ** 31 - 1) * 10 ** ((word % 21) - 10);
    }
  }
  return tensors;
}

/** A right answer to a call, as what lies there before another one. */
export function answerOf(task: Task, { dims, expected }: Case): Poison {
  const tensors = blank(task, dims);
  tensors.forEach(({ data }, i) => {
    data.set(expected[i]?.value ?? []);
  });
  return tensors;
}

/** The right answer to this very call but for a few elements: who samples it believes it. */
export function nearlyRight(task: Task, given: Case, rng: Rng): Poison {
  const tensors = answerOf(task, given);
  tensors.forEach(({ dtype, data }, i) => {
    const { bound } = given.expected[i]!;
    const wrong = Math.max(1, Math.floor(data.length / 50));
    for (let k = 0; k < wrong && data.length > 0; k++) {
      const at = rng.uint32() % data.length;
      if (dtype === "bool") data[at] = data[at] ? 0 : 1;
      else data[at] = data[at]! * 1.25 + Math.sign(data[at]! + 0.5) * (1 + 4 * bound[at]!);
    }
  });
  return tensors;
}

export const blankPoison = (task: Task, dims: Dims): Poison => blank(task, dims);
