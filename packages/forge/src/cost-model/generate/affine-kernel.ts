import type { Rng } from "@daily-kernel/compute";
import { between, chance } from "./choose.ts";
import { drawExpression, drawLoads, type Expression } from "./expression.ts";

export type Element = "f32" | "f64";

/** What a stencil computes, whatever its schedule: statement k may read statement k - 1's result. */
export interface Stencil {
  readonly kind: "stencil";
  readonly element: Element;
  /** Trip counts, one or two. */
  readonly extents: readonly number[];
  readonly inputs: number;
  /** Buffers below `inputs` are arguments, `inputs` is what the statement before computed. */
  readonly statements: readonly Expression[];
}

/** c[i, j] += a[i, k] b[k, j], with either operand stored transposed. */
export interface Contraction {
  readonly kind: "contraction";
  readonly element: Element;
  /** Trip counts of i, j and k. */
  readonly extents: readonly number[];
  readonly transposed: readonly [boolean, boolean];
}

export type AffineKernel = Stencil | Contraction;

/** How the loops of a kernel are written down; the result is the same. */
export interface Schedule {
  /** Statements in one loop nest, their values forwarded, instead of a nest and a buffer each. */
  readonly fused: boolean;
  /** The dimension that each loop runs over, outermost first. */
  readonly order: readonly number[];
  /** Side of the tiles of the two outer dimensions, 0 for none. */
  readonly tile: number;
  /** Copies of the innermost body. */
  readonly unroll: number;
}

/** A random kernel: two of three are stencils. */
export function drawAffineKernel(rng: Rng, mostLoads: number): AffineKernel {
  const element = chance(rng, 0.8) ? "f32" : "f64";
  if (chance(rng, 1 / 3)) {
    const extents = [0, 1, 2].map(() => 8 * between(rng, 1, 6));
    return {
      kind: "contraction",
      element,
      extents,
      transposed: [chance(rng, 0.5), chance(rng, 0.5)],
    };
  }
  const rank = between(rng, 1, 2);
  const extents =
    rank === 1 ? [64 * between(rng, 1, 32)] : [0, 1].map(() => 16 * between(rng, 1, 6));
  const inputs = between(rng, 2, 6);
  const buffers = Array.from({ length: inputs }, (_, i) => i);
  const statements = Array.from({ length: between(rng, 1, 3) }, (_, k) => {
    const read = k === 0 ? buffers : rng.shuffle([...buffers]).slice(0, between(rng, 1, 2));
    const loads = drawLoads(rng, read, rank, mostLoads);
    const previous = { buffer: inputs, offsets: extents.map(() => 0) };
    return drawExpression(rng, k === 0 ? loads : [previous, ...loads]);
  });
  return { kind: "stencil", element, extents, inputs, statements };
}

/** Loads of an unrolled body beyond which a text would not be read to its end. */
const MOST_LOADS = 48;

/** All schedules of a kernel that differ in what they do. */
export function schedulesOf(kernel: AffineKernel): readonly Schedule[] {
  const { extents } = kernel;
  const orders =
    extents.length === 1
      ? [[0]]
      : extents.length === 2
        ? [
            [0, 1],
            [1, 0],
          ]
        : [
            [0, 1, 2],
            [0, 2, 1],
            [1, 0, 2],
            [1, 2, 0],
            [2, 0, 1],
            [2, 1, 0],
          ];
  const loads =
    kernel.kind === "stencil" ? kernel.statements.reduce((sum, s) => sum + s.loads.length, 0) : 3;
  const unrolls = [1, 2, 4, 8].filter((unroll) => unroll === 1 || unroll * loads <= MOST_LOADS);
  const fusions =
    kernel.kind === "stencil" && kernel.statements.length > 1 ? [true, false] : [true];
  const tiles = extents.length === 1 ? [0] : [0, 8, 16];
  return fusions.flatMap((fused) =>
    orders.flatMap((order) =>
      tiles
        .filter((tile) => tile === 0 || order.slice(0, 2).every((d) => extents[d]! % tile === 0))
        .flatMap((tile) => unrolls.map((unroll) => ({ fused, order, tile, unroll }))),
    ),
  );
}
