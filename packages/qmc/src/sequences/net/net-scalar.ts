import { interlaceWords } from "./interlace.ts";
import type { NetPlan } from "./net-plan.ts";
import { netWords, wordsToDoubles } from "./net-words.ts";
import { owenHash } from "./owen-hash.ts";
import { owenTree } from "./owen-tree.ts";

/** Doubles, or fractions of 64 digits. */
export type NetNumbers = Float64Array | BigUint64Array<ArrayBuffer>;

/** Scrambles points in place, as `netTree` and `netHash` do. */
function scrambleWords(plan: NetPlan, words: BigUint64Array): void {
  const { components, digits, bits, scramble } = plan;
  if (scramble === undefined) return;
  const keys = new BigUint64Array(scramble.keys.buffer);
  for (let i = 0; i < words.length; i++) {
    const c = i % components;
    words[i] =
      scramble.kind === "tree"
        ? owenTree(keys[c]!, words[i]!, digits, bits)
        : owenHash(keys.subarray(8 * c, 8 * (c + 1)), words[i]!, bits);
  }
}

/**
 * Writes points first, first + 1, ... of one replication to `out`: the plain form of what the
 * kernels do, for where there are none, and to test them.
 */
export function fillNetScalar(plan: NetPlan, first: number, out: NetNumbers): void {
  const words = new Uint32Array(2 * out.length * plan.alpha);
  netWords(plan, first, words);
  scrambleWords(plan, new BigUint64Array(words.buffer));
  const points = words.subarray(0, 2 * out.length);
  if (plan.alpha > 1) interlaceWords(words, plan.alpha, plan.bits, points);
  if (out instanceof Float64Array) wordsToDoubles(points, out);
  else out.set(new BigUint64Array(words.buffer, 0, out.length));
}
