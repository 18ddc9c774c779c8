import { wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";

interface Table {
  address: number;
  /** The largest q in it. */
  quarter: number;
  /** Operations under way that read it: those on a pool overlap with a larger table's making. */
  users: number;
  /** Gives its memory back. */
  release: () => void;
}

let current: Table | undefined;

/**
 * Hands out the address of the twiddle table for transforms of up to 2^m numbers: for every power of
 * two q up to 2^m / 4, at 2q doubles, cos(2 pi j / 4q) and then -sin(2 pi j / 4q), j = 0..q-1. It stays
 * in the heap for the next call, and a larger one takes its place, of 2^m doubles; what is in use is
 * freed when its last user has ended (a promise: when that settles).
 */
export function withTwiddles<T>(m: number, use: (address: number) => T): T {
  const q = Math.max(1, 2 ** (m - 2));
  if (current === undefined || q > current.quarter) {
    const old = current;
    current = newTable(q);
    if (old?.users === 0) old.release();
  }
  const table = current;
  table.users += 1;
  const done = () => {
    table.users -= 1;
    if (table !== current && table.users === 0) table.release();
  };
  let result: T;
  try {
    result = use(table.address);
  } catch (error) {
    done();
    throw error;
  }
  if (result instanceof Promise) return result.finally(done) as T;
  done();
  return result;
}

function newTable(q: number): Table {
  const { heap } = wasm(kernels);
  const table: Table = { address: 0, quarter: q, users: 0, release: () => {} };
  // A scope that ends when a larger table has replaced this one.
  void heap.scope((arena) => {
    table.address = arena.f64(4 * q);
    return new Promise<void>((resolve) => {
      table.release = resolve;
    });
  });
  fillTwiddles(heap.f64(table.address, 4 * q), q);
  return table;
}

/** The table's contents; the levels below the largest are every second number of the next one. */
function fillTwiddles(table: Float64Array, q: number): void {
  const top = table.subarray(2 * q, 4 * q);
  for (let j = 0; 2 * j <= q; j++) {
    const [c, s] = [Math.cos((Math.PI * j) / (2 * q)), Math.sin((Math.PI * j) / (2 * q))];
    top[j] = c;
    top[q + j] = -s;
    if (j === 0) continue;
    top[q - j] = s;
    top[2 * q - j] = -c;
  }
  for (let level = q / 2; level >= 1; level /= 2) {
    for (let j = 0; j < 2 * level; j++) table[2 * level + j] = table[4 * level + 2 * j]!;
  }
}
