import type { Rng } from "@daily-kernel/compute";
import { between, chance, choose } from "./choose.ts";

/** An element of buffer `buffer` at a constant distance from the loop's own index. */
export interface Load {
  readonly buffer: number;
  readonly offsets: readonly number[];
}

const binary = ["addf", "addf", "mulf", "mulf", "subf", "max"] as const;
type Operation = (typeof binary)[number] | "divf" | "sqrt";

/** `arguments` count the loads first and then the nodes, in order. */
interface Node {
  readonly operation: Operation;
  readonly arguments: readonly number[];
}

/** A computation on loaded elements; the last node is its value. */
export interface Expression {
  readonly loads: readonly Load[];
  readonly nodes: readonly Node[];
  /** Loads stand first, or each right before its first use. */
  readonly early: boolean;
}

/**
 * A random expression over `loads`: a chain keeps one running value, a tree combines neighbours, a
 * web picks any two values and may use one again, which keeps it alive for longer.
 */
export function drawExpression(rng: Rng, loads: readonly Load[]): Expression {
  const shape = choose(rng, ["chain", "tree", "web"] as const);
  const nodes: Node[] = [];
  let pool = loads.map((_, i) => i);
  const push = (operation: Operation, ...args: number[]) => {
    nodes.push({ operation, arguments: args });
    return loads.length + nodes.length - 1;
  };
  const reuse = shape === "web" ? 0.3 * rng.uniform() : 0;
  while (pool.length > 1 || nodes.length === 0) {
    const [i = 0, j = 0] =
      pool.length === 1 ? [0, 0] : shape === "web" ? rng.permutation(pool.length) : [0, 1];
    const operation = chance(rng, 0.04) ? "divf" : choose(rng, binary);
    let value = push(operation, pool[i]!, pool[j]!);
    if (chance(rng, 0.03)) value = push("sqrt", value);
    const kept = pool.filter((_, at) => (at !== i && at !== j) || chance(rng, reuse));
    pool = shape === "chain" ? [value, ...kept] : [...kept, value];
    if (nodes.length > 4 * loads.length) break;
  }
  return { ...withoutDead(loads, nodes), early: chance(rng, 0.5) };
}

/** The same value without what it does not need. */
function withoutDead(
  loads: readonly Load[],
  nodes: readonly Node[],
): { loads: Load[]; nodes: Node[] } {
  const live = new Set([loads.length + nodes.length - 1]);
  for (let k = nodes.length - 1; k >= 0; k--) {
    if (live.has(loads.length + k)) for (const index of nodes[k]!.arguments) live.add(index);
  }
  const places = new Map([...live].sort((a, b) => a - b).map((index, place) => [index, place]));
  return {
    loads: loads.filter((_, i) => live.has(i)),
    nodes: nodes
      .filter((_, k) => live.has(loads.length + k))
      .map(({ operation, arguments: args }) => ({
        operation,
        arguments: args.map((index) => places.get(index)!),
      })),
  };
}

/** 1 to 8 distinct shifted elements of each of the given buffers, in random order. */
export function drawLoads(
  rng: Rng,
  buffers: readonly number[],
  rank: number,
  most: number,
): readonly Load[] {
  const loads = new Map<string, Load>();
  for (const buffer of buffers) {
    for (let count = between(rng, 1, most); count > 0; count--) {
      const offsets = Array.from({ length: rank }, () => between(rng, -2, 2));
      loads.set(`${buffer} ${offsets}`, { buffer, offsets });
    }
  }
  return rng.shuffle([...loads.values()]);
}
