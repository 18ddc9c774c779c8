import { shapeError } from "@daily-kernel/compute";
import { sizeOf } from "../tensor.ts";
import { type Array64, around, array64, axisOf, stridesOf } from "./array64.ts";

/** The same elements under another shape, of which one size may be -1: what is left. */
export function reshape(x: Array64, shape: readonly number[]): Array64 {
  const known = shape.reduce((a, n) => (n === -1 ? a : a * n), 1);
  const target = shape.map((n) => (n === -1 ? x.data.length / known : n));
  if (sizeOf(target) !== x.data.length || target.some((n) => !Number.isInteger(n))) {
    throw shapeError(`reshape: [${x.shape.join(", ")}] cannot become [${shape.join(", ")}]`);
  }
  return { data: x.data, shape: target };
}

/** Axes `first`..`last` as one. */
export function flatten(x: Array64, first = 0, last = -1): Array64 {
  const [a, b] = [
    axisOf("flatten", first, x.shape.length),
    axisOf("flatten", last, x.shape.length),
  ];
  return reshape(x, [
    ...x.shape.slice(0, a),
    sizeOf(x.shape.slice(a, b + 1)),
    ...x.shape.slice(b + 1),
  ]);
}

/** An axis of length 1 before `axis`. */
export function unsqueeze(x: Array64, axis: number): Array64 {
  const at = axisOf("unsqueeze", axis, x.shape.length + 1);
  return { data: x.data, shape: x.shape.toSpliced(at, 0, 1) };
}

/** Without `axis`, which has length 1. */
export function squeeze(x: Array64, axis: number): Array64 {
  const at = axisOf("squeeze", axis, x.shape.length);
  return reshape(x, x.shape.toSpliced(at, 1));
}

/** The axes in another order: axis i of the result is axis order[i] of `x`. */
export function permute(x: Array64, order: readonly number[]): Array64 {
  const rank = x.shape.length;
  const axes = order.map((a) => axisOf("permute", a, rank));
  if (axes.length !== rank || new Set(axes).size !== rank) {
    throw shapeError(`permute: [${order.join(", ")}] is no order of ${rank} axes`);
  }
  const own = stridesOf(x.shape);
  return read(
    x,
    axes.map((a) => x.shape[a] as number),
    axes.map((a) => own[a] as number),
    0,
  );
}

/** Two axes exchanged; the last two by default. */
export function transpose(x: Array64, a = -2, b = -1): Array64 {
  const order = x.shape.map((_, i) => i);
  const [p, q] = [axisOf("transpose", a, order.length), axisOf("transpose", b, order.length)];
  [order[p], order[q]] = [q, p];
  return permute(x, order);
}

/** Elements `start`, `start + step`, .. before `end` along an axis; negative ends count from the back. */
export function slice(x: Array64, axis: number, start: number, end?: number, step = 1): Array64 {
  const a = axisOf("slice", axis, x.shape.length);
  if (!(Number.isInteger(step) && step >= 1)) {
    throw shapeError(`slice: step must be a whole number >= 1, got ${step}`);
  }
  const length = x.shape[a] as number;
  const clip = (i: number) => Math.min(Math.max(i < 0 ? i + length : i, 0), length);
  const from = clip(start);
  const count = Math.max(0, Math.ceil((clip(end ?? length) - from) / step));
  const strides = stridesOf(x.shape);
  const offset = from * (strides[a] as number);
  strides[a] = (strides[a] as number) * step;
  return read(x, x.shape.with(a, count), strides, offset);
}

/** Equal parts of an axis, or parts of the given sizes. */
export function split(x: Array64, parts: number | readonly number[], axis: number): Array64[] {
  const a = axisOf("split", axis, x.shape.length);
  const length = x.shape[a] as number;
  const sizes = typeof parts === "number" ? new Array(parts).fill(length / parts) : parts;
  if (sizes.some((n) => !Number.isInteger(n)) || sizes.reduce((p, q) => p + q, 0) !== length) {
    throw shapeError(`split: ${parts} does not divide axis ${axis} of [${x.shape.join(", ")}]`);
  }
  let end = 0;
  return sizes.map((n) => {
    end += n;
    return slice(x, a, end - n, end);
  });
}

/** Arrays one after the other along an axis. */
export function concat(arrays: readonly Array64[], axis: number): Array64 {
  const shapes = arrays.map((x) => x.shape);
  const first = shapes[0] ?? [];
  const a = axisOf("concat", axis, first.length);
  if (
    shapes.some((s) => s.length !== first.length || s.some((n, i) => i !== a && n !== first[i]))
  ) {
    throw shapeError(`concat: shapes differ beside axis ${axis}`);
  }
  const out = array64(
    first.with(
      a,
      shapes.reduce((sum, s) => sum + (s[a] as number), 0),
    ),
  );
  const { outer } = around(first, a);
  const width = out.data.length / outer;
  let at = 0;
  for (const x of arrays) {
    const w = x.data.length / outer;
    for (let o = 0; o < outer; o++)
      out.data.set(x.data.subarray(o * w, (o + 1) * w), o * width + at);
    at += w;
  }
  return out;
}

/** Arrays of one shape side by side along a new axis. */
export const stack = (arrays: readonly Array64[], axis = 0): Array64 =>
  concat(
    arrays.map((x) => unsqueeze(x, axis)),
    axis,
  );

/** [before, after] elements of `value` around each of the last axes, the pairs in the order of the axes. */
export function pad(x: Array64, pairs: readonly (readonly [number, number])[], value = 0): Array64 {
  const skipped = x.shape.length - pairs.length;
  const of = (i: number) => pairs[i - skipped] ?? ([0, 0] as const);
  const out = array64(x.shape.map((n, i) => n + of(i)[0] + of(i)[1])).data.fill(value);
  const shape = x.shape.map((n, i) => n + of(i)[0] + of(i)[1]);
  const strides = stridesOf(shape);
  const offset = x.shape.reduce((sum, _, i) => sum + of(i)[0] * (strides[i] as number), 0);
  walk(x.shape, strides, offset, (from, to) => {
    out[from] = x.data[to] as number;
  });
  return { data: out, shape };
}

/** Backwards along the axes. */
export function flip(x: Array64, axes: readonly number[]): Array64 {
  const strides = stridesOf(x.shape);
  let offset = 0;
  for (const axis of axes) {
    const a = axisOf("flip", axis, x.shape.length);
    offset += (strides[a] as number) * ((x.shape[a] as number) - 1);
    strides[a] = -(strides[a] as number);
  }
  return read(x, x.shape, strides, offset);
}

/** Moved by `shift` places along an axis, round the end. */
export function roll(x: Array64, shift: number, axis: number): Array64 {
  const a = axisOf("roll", axis, x.shape.length);
  const n = x.shape[a] as number;
  const cut = (((n - shift) % n) + n) % n;
  return concat([slice(x, a, cut), slice(x, a, 0, cut)], a);
}

/** The whole array `counts[i]` times along axis i; counts are aligned at the end. */
export function tile(x: Array64, counts: readonly number[]): Array64 {
  const rank = Math.max(x.shape.length, counts.length);
  let out = reshape(x, [...new Array(rank - x.shape.length).fill(1), ...x.shape]);
  counts.forEach((n, i) => {
    if (n !== 1) out = concat(new Array(n).fill(out), i - counts.length + rank);
  });
  return out;
}

/** The elements on and below the `diagonal`-th diagonal of the last two axes, `fill` above. */
export const tril = (x: Array64, diagonal = 0, fill = 0): Array64 =>
  triangle(x, fill, (i, j) => j - i <= diagonal);

/** The elements on and above the `diagonal`-th diagonal of the last two axes, `fill` below. */
export const triu = (x: Array64, diagonal = 0, fill = 0): Array64 =>
  triangle(x, fill, (i, j) => j - i >= diagonal);

function triangle(x: Array64, fill: number, keep: (i: number, j: number) => boolean): Array64 {
  const [rows, cols] = x.shape.slice(-2) as [number, number];
  const data = x.data.map((v, k) => (keep(Math.floor(k / cols) % rows, k % cols) ? v : fill));
  return { data, shape: x.shape };
}

function read(x: Array64, shape: readonly number[], strides: readonly number[], offset: number) {
  const out = array64(shape);
  walk(shape, strides, offset, (from, to) => {
    out.data[to] = x.data[from] as number;
  });
  return out;
}

/** Calls `visit(strided position, running position)` for every index of `shape`. */
function walk(
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
  visit: (strided: number, running: number) => void,
): void {
  const size = sizeOf(shape);
  const last = shape.length - 1;
  if (last < 0) {
    visit(offset, 0);
    return;
  }
  const width = shape[last] as number;
  const step = strides[last] as number;
  const index = new Array<number>(shape.length).fill(0);
  let from = offset;
  for (let at = 0; at < size; at += width) {
    for (let j = 0; j < width; j++) visit(from + j * step, at + j);
    for (let k = last - 1; k >= 0; k--) {
      from += strides[k] as number;
      index[k] = (index[k] as number) + 1;
      if (index[k] !== shape[k]) break;
      from -= (strides[k] as number) * (shape[k] as number);
      index[k] = 0;
    }
  }
}
