// A program of gates on tiles: each tile is gathered into scratch memory that fits a near cache, gets
// all the gates of the program, and goes back, so that the state is read and written once for many
// gates. An operation is six words: code, mask, bit a, bit b, address of its matrix, none.
import { diagonal, exchange, flip, gate1, gate2, real1 } from "./gates";

// Also in src/simulator/program.ts.
const GATE1 = 0;
const REAL1 = 1;
const FLIP = 2;
const DIAGONAL = 3;
const GATE2 = 4;
const WORDS: usize = 6;

/** Doubles that lie side by side in a tile, as a power of two. Also in src/simulator/groups.ts. */
const RUN: usize = 5;

/** All operations on the n amplitudes at `re` and `im`. */
export function runProgram(re: usize, im: usize, n: usize, program: usize, count: i32): void {
  for (let k = 0; k < count; k++, program += WORDS << 2) {
    const code = load<i32>(program);
    const mask = <usize>load<u32>(program, 4);
    const a = load<i32>(program, 8);
    const b = load<i32>(program, 12);
    const m = <usize>load<u32>(program, 16);
    if (code == GATE1) gate1(re, im, n, mask, a, m);
    else if (code == REAL1) real1(re, im, n, mask, a, m);
    else if (code == FLIP) flip(re, im, n, mask, a);
    else if (code == DIAGONAL) diagonal(re, im, n, mask, a, b, m);
    else if (code == GATE2) gate2(re, im, n, mask, a, b, m);
    else {
      exchange(re, n, a);
      exchange(im, n, a);
    }
  }
}

/**
 * The program on the tiles that begin at amplitudes `bases[from..to-1]`; a tile has `runs` runs of
 * 2^RUN amplitudes at `offsets` from its base. `scratch` holds two planes of a tile.
 */
export function runTiles(
  re: usize,
  im: usize,
  bases: usize,
  from: i32,
  to: i32,
  offsets: usize,
  runs: i32,
  program: usize,
  count: i32,
  scratch: usize,
): void {
  const n = (<usize>runs) << RUN;
  const second = scratch + (n << 3);
  const bytes: usize = (<usize>8) << RUN;
  for (let t = from; t < to; t++) {
    const base = (<usize>load<u32>(bases + ((<usize>t) << 2))) << 3;
    for (let r: usize = 0; r < <usize>runs; r++) {
      const at = base + ((<usize>load<u32>(offsets + (r << 2))) << 3);
      copy(scratch + r * bytes, re + at, bytes);
      copy(second + r * bytes, im + at, bytes);
    }
    runProgram(scratch, second, n, program, count);
    for (let r: usize = 0; r < <usize>runs; r++) {
      const at = base + ((<usize>load<u32>(offsets + (r << 2))) << 3);
      copy(re + at, scratch + r * bytes, bytes);
      copy(im + at, second + r * bytes, bytes);
    }
  }
}

function copy(to: usize, from: usize, bytes: usize): void {
  for (const end = from + bytes; from < end; from += 64, to += 64) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to, v128.load(from, 32), 32);
    v128.store(to, v128.load(from, 48), 48);
  }
}
