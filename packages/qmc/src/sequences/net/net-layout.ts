import type { Arena, Wasm } from "@daily-kernel/compute";
import type { NetPlan } from "./net-plan.ts";
import { THREE_LEVELS } from "./owen-tree.ts";

export type Kernels = Wasm<"netSigned" | "netTable" | "netWiden" | "netChunk" | "netScramble">;

/** Numbers of the table of low bits: 16 KiB. */
const TABLE = 2048;
/** Numbers of a chunk that goes from the cache to the result. */
const CHUNK = 16384;
/** Points and numbers of a chunk that is scrambled: the more points, the more nodes they share. */
const SCRAMBLED_POINTS = 8192;
const SCRAMBLED_NUMBERS = 2 ** 19;
/** Room for the nodes that a chunk shares: in each band at most a fourth of its points. */
const NODE_BYTES = 2 * 16 * (SCRAMBLED_POINTS / 4);

/** Where a plan lies in the memory of the kernels, and how its points are cut. */
export interface NetLayout {
  /** Address of the plan that `netChunk` and `netScramble` read. */
  plan: number;
  /** Points of a block: the smallest range that `netChunk` makes. */
  blockPoints: number;
  chunkBlocks: number;
  scratchBytes: number;
}

/** Points side by side in a wide row: a power of two that gives a multiple of 8, of 16 or more. */
function pointsAbreast(components: number): number {
  let abreast = 1;
  while (abreast * components < 16 || (abreast * components) % 8 !== 0) abreast *= 2;
  return abreast;
}

/** Whether `netChunk` can make the points of this plan: very small nets are not worth a table. */
export function fitsChunks({ columns, components }: NetPlan): boolean {
  return 2 ** columns >= pointsAbreast(components);
}

/** The 32-bit words that the kernels read of a plan, in the order of assembly/net-chunk.ts. */
function writePlan(
  arena: Arena,
  plan: NetPlan,
  doubles: boolean,
  [table, rows, width, planes, shift]: readonly [number, number, number, number, number],
): number {
  const { components, digits, bits, alpha, scramble } = plan;
  const kind = scramble === undefined ? 0 : scramble.kind === "tree" ? 1 : 2;
  const keys = scramble === undefined ? 0 : arena.i32(scramble.keys);
  const lookup = scramble === undefined ? 0 : arena.i32(new Int32Array(THREE_LEVELS.buffer));
  return arena.i32([
    ...[table, rows, width, planes, shift, doubles ? 1 : 0],
    ...[components, digits, bits, alpha, kind, keys, lookup],
  ]);
}

/** Places what `netScramble` needs; returns the addresses of the plan and of its scratch. */
export function layOutScramble(
  arena: Arena,
  plan: NetPlan,
  doubles: boolean,
): { address: number; scratch: number } {
  return {
    address: writePlan(arena, plan, doubles, [0, 0, 0, 0, 0]),
    scratch: arena.alloc(NODE_BYTES),
  };
}

/** Places what `netChunk` needs to make points first..end-1. */
export function layOut(
  { exports }: Kernels,
  arena: Arena,
  plan: NetPlan,
  [first, end]: readonly [number, number],
  doubles: boolean,
): NetLayout {
  const { components, columns } = plan;
  const abreast = pointsAbreast(components);
  const width = abreast * components;
  let low = Math.log2(abreast);
  const most = Math.min(columns, Math.log2(end - first));
  while (low < most && 2 ** (low + 1) * components <= TABLE) low++;
  const needed = Math.max(low, Math.ceil(Math.log2(end)));

  const planes = arena.i32(plan.planes.subarray(0, 2 * needed * components));
  const shift = arena.i32(plan.shift);
  if (doubles && plan.scramble === undefined) {
    exports.netSigned(planes, needed * components, 0);
    exports.netSigned(shift, components, 1);
  }
  const table = arena.f64(components * 2 ** low);
  exports.netTable(table, planes, components, low);
  const highRows = needed - low;
  const high = arena.f64(width * highRows);
  exports.netWiden(high, planes + 8 * low * components, components, abreast, highRows);
  const wideShift = arena.f64(width);
  exports.netWiden(wideShift, shift, components, abreast, 1);

  const blockPoints = 2 ** low;
  const points =
    plan.scramble === undefined
      ? CHUNK / components
      : Math.min(SCRAMBLED_POINTS, SCRAMBLED_NUMBERS / components);
  const chunkBlocks = Math.max(1, Math.floor(points / blockPoints));
  const words = plan.scramble === undefined ? 0 : chunkBlocks * blockPoints * components;
  return {
    plan: writePlan(arena, plan, doubles, [table, blockPoints / abreast, width, high, wideShift]),
    blockPoints,
    chunkBlocks,
    scratchBytes: 8 * (width + words) + (plan.scramble === undefined ? 0 : NODE_BYTES),
  };
}
