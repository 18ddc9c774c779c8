import { shapeError } from "@daily-kernel/compute";
import { sizeOf } from "../tensor.ts";
import { type Array64, array64, asArray, type Operand, stridesOf } from "./array64.ts";

/** The common shape of arrays whose axes, aligned at the end, are equal or 1. */
export function broadcastShape(name: string, ...shapes: (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map((s) => s.length));
  return Array.from({ length: rank }, (_, i) => {
    const sizes = shapes.map((s) => s[i - rank + s.length] ?? 1);
    const size = sizes.find((n) => n !== 1) ?? 1;
    if (sizes.some((n) => n !== 1 && n !== size)) {
      throw shapeError(
        `${name}: shapes ${shapes.map((s) => `[${s.join(", ")}]`).join(" and ")} do not broadcast`,
      );
    }
    return size;
  });
}

/** Strides with which an array of `shape` is read as one of `target`: 0 along repeated axes. */
export function broadcastStrides(shape: readonly number[], target: readonly number[]): number[] {
  const own = stridesOf(shape);
  return target.map((_, i) => {
    const j = i - target.length + shape.length;
    return j < 0 || shape[j] === 1 ? 0 : (own[j] as number);
  });
}

/** `x` repeated to `shape`. */
export function expand(x: Array64, shape: readonly number[]): Array64 {
  const target = broadcastShape("expand", x.shape, shape);
  return { data: read(x, target), shape: target };
}

/** The elements of `x` in the order of the broadcast shape; its own data where nothing repeats. */
function read(x: Array64, target: readonly number[]): Float64Array {
  const size = sizeOf(target);
  if (x.data.length === size) return x.data;
  if (x.data.length === 1) return new Float64Array(size).fill(x.data[0] as number);
  const strides = broadcastStrides(x.shape, target);
  const out = new Float64Array(size);
  const index = new Array<number>(target.length).fill(0);
  const last = target.length - 1;
  const width = target[last] as number;
  const step = strides[last] as number;
  for (let at = 0, from = 0; at < size; at += width) {
    for (let j = 0; j < width; j++) out[at + j] = x.data[from + j * step] as number;
    for (let k = last - 1; k >= 0; k--) {
      from += strides[k] as number;
      index[k] = (index[k] as number) + 1;
      if (index[k] !== target[k]) break;
      from -= (strides[k] as number) * (target[k] as number);
      index[k] = 0;
    }
  }
  return out;
}

/** f of the elements of two arrays that broadcast. */
export function zip(
  name: string,
  a: Operand,
  b: Operand,
  f: (a: number, b: number) => number,
): Array64 {
  const x = asArray(a);
  const y = asArray(b);
  const shape = broadcastShape(name, x.shape, y.shape);
  const out = array64(shape);
  const n = out.data.length;
  if (y.data.length === 1) {
    const p = read(x, shape);
    const q = y.data[0] as number;
    for (let i = 0; i < n; i++) out.data[i] = f(p[i] as number, q);
    return out;
  }
  const p = read(x, shape);
  const q = read(y, shape);
  for (let i = 0; i < n; i++) out.data[i] = f(p[i] as number, q[i] as number);
  return out;
}

/** f of every element. */
export function map(x: Operand, f: (x: number) => number): Array64 {
  const { data, shape } = asArray(x);
  const out = array64(shape);
  for (let i = 0; i < data.length; i++) out.data[i] = f(data[i] as number);
  return out;
}
