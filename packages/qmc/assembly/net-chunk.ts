import { netDoubles, netPoints } from "./net";
import { netHash } from "./net-hash";
import { netInterlace } from "./net-interlace";
import { netTree } from "./net-tree";

/**
 * A chunk of points: `blocks` blocks from block `first` on, written to `out`. `plan` holds 32-bit
 * words, as src/sequences/net/net-wasm.ts lays them out: table, rows, width, planes, shift,
 * doubles, components, digits, bits, alpha, scramble (0 none, 1 tree, 2 hash), keys, lookup.
 * `scratch` has room for one wide row, then for the points before they are scrambled, then for
 * what the scrambling needs.
 */
export function netChunk(plan: usize, out: usize, first: f64, blocks: i32, scratch: usize): void {
  const table = <usize>load<u32>(plan);
  const rows = load<i32>(plan, 4);
  const width = load<i32>(plan, 8);
  const planes = <usize>load<u32>(plan, 12);
  const shift = <usize>load<u32>(plan, 16);
  const doubles = load<i32>(plan, 20);
  const scramble = load<i32>(plan, 40);
  if (scramble == 0) {
    netPoints(out, first, blocks, table, rows, width, planes, shift, scratch, doubles);
    return;
  }
  const words = scratch + ((<usize>width) << 3);
  netPoints(words, first, blocks, table, rows, width, planes, shift, scratch, 0);
  const components = load<i32>(plan, 24);
  const n = (blocks * rows * width) / components;
  netScramble(plan, words, out, n, words + ((<usize>(n * components)) << 3));
}

/** n points before scrambling at `words`, which it overwrites, to points at `out`. */
export function netScramble(plan: usize, words: usize, out: usize, n: i32, scratch: usize): void {
  const doubles = load<i32>(plan, 20);
  const components = load<i32>(plan, 24);
  const digits = load<i32>(plan, 28);
  const bits = load<i32>(plan, 32);
  const alpha = load<i32>(plan, 36);
  const keys = <usize>load<u32>(plan, 44);
  const lookup = <usize>load<u32>(plan, 48);
  const size = (n * components) / alpha;
  if (load<i32>(plan, 40) == 1) netTree(words, n, components, digits, bits, keys, lookup, scratch);
  else netHash(words, n, components, bits, keys, lookup);
  if (alpha > 1) netInterlace(words, size, alpha, bits);
  if (doubles) netDoubles(out, words, size);
  else memory.copy(out, words, (<usize>size) << 3);
}
