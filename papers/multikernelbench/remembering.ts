import type { Expected, KernelTensor, Task } from "@daily-kernel/forge";

/** Elements of an answer that are kept: larger ones are asked for once. */
const MOST = 1 << 18;

/**
 * The task with a memory of its references: back ends that are judged from one seed are asked the same
 * things, and what is right does not depend on who is asked.
 */
export function remembering(task: Task): Task {
  const known = new Map<string, readonly Expected[]>();
  const { otherReading } = task;
  return {
    ...task,
    ...(otherReading && { otherReading: remembering(otherReading) }),
    reference(inputs, dims) {
      const key = `${dims.join("x")} ${inputs.map(digest).join(" ")}`;
      const found = known.get(key);
      if (found) return found;
      const expected = task.reference(inputs, dims);
      if (expected.every(({ value }) => value.length <= MOST)) known.set(key, expected);
      return expected;
    },
  };
}

/** 64 bits of the bytes of a tensor (two FNV-1a hashes over words and bytes that are left). */
function digest({ data, shape }: KernelTensor): string {
  const words = data.byteLength >> 2;
  let [a, b] = [0x811c9dc5, 0x01000193];
  const add = (word: number) => {
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul(b ^ (word >>> 7) ^ (word << 25), 0x85ebca6b) ^ (a >>> 15);
  };
  for (const word of new Uint32Array(data.buffer, data.byteOffset, words)) add(word);
  for (const byte of new Uint8Array(data.buffer, data.byteOffset + 4 * words, data.byteLength & 3))
    add(byte);
  return `${shape.join("x")}:${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}`;
}
