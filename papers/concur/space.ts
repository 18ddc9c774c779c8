import type { Rng } from "@daily-kernel/compute";

/** The four kernels of the miniature. */
export const kinds = ["matmul", "softmax", "transpose", "stencil"] as const;
export type Kind = (typeof kinds)[number];

/** A kernel and its sizes: M, N, K of a product, rows and columns otherwise. */
export interface ToyTask {
  readonly kind: Kind;
  readonly dims: readonly number[];
}
export const idOf = ({ kind, dims }: ToyTask) => `${kind} ${dims.join("x")}`;

const productSizes = [16, 20, 24, 32, 33, 40, 48, 50, 64, 72, 80, 96, 100, 112, 120, 128];
const tableSizes = [64, 66, 80, 96, 100, 128, 130, 160, 192, 200, 250, 256, 288, 300, 320, 384];
export const sizesOf = (kind: Kind) => (kind === "matmul" ? productSizes : tableSizes);

/** The slots of a schedule and what may stand in them. */
export const slots = [
  /** Order of the loops, or the way of the algorithm: see `kernels.ts`. */
  { name: "o", values: [0, 1, 2] },
  /** Side of a tile; 1 is no tiling. */
  { name: "t", values: [1, 8, 16, 32] },
  /** Elements that the innermost loop takes at once. */
  { name: "v", values: [1, 4, 8, 16] },
  /** 1: loops for what is left over of tiles and vectors; 0: none, as one forgets them. */
  { name: "r", values: [0, 1] },
] as const;

/** A choice for every slot, as places in its `values`. */
export type Schedule = readonly [order: number, tile: number, lanes: number, rest: number];
export const schedules: readonly Schedule[] = slots[0].values.flatMap((_, o) =>
  slots[1].values.flatMap((_, t) =>
    slots[2].values.flatMap((_, v) => slots[3].values.map((_, r) => [o, t, v, r] as const)),
  ),
);
/** The place of a schedule in `schedules`. */
export const numberOf = ([o, t, v, r]: Schedule) => ((o * 4 + t) * 4 + v) * 2 + r;
/** Plain loops that leave nothing over: the baseline of every speed-up. */
export const naive: Schedule = [0, 0, 0, 1];

/** Distinct tasks, the same number of each kind. */
export function drawTasks(perKind: number, rng: Rng): ToyTask[] {
  return kinds.flatMap((kind) => {
    const sizes = sizesOf(kind);
    const axes = kind === "matmul" ? 3 : 2;
    const order = rng.spawn(kind).permutation(sizes.length ** axes);
    return Array.from(order.subarray(0, perKind), (code) => ({
      kind,
      dims: Array.from({ length: axes }, (_, a) => sizes[Math.floor(code / 16 ** a) % 16]!),
    }));
  });
}
