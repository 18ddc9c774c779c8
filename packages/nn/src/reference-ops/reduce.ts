import { shapeError } from "@daily-kernel/compute";
import { sizeOf } from "../tensor.ts";
import { type Array64, around, array64, axisOf } from "./array64.ts";
import { permute } from "./layout.ts";

/** An axis, or several; all of them where it is left out. */
export type Axes = number | readonly number[];

/** The elements reduced together as rows of a matrix, and the shape of the result. */
function grouped(name: string, x: Array64, axes: Axes | undefined, keep: boolean) {
  const rank = x.shape.length;
  const list =
    axes === undefined ? x.shape.map((_, i) => i) : typeof axes === "number" ? [axes] : axes;
  const over = new Set(list.map((a) => axisOf(name, a, rank)));
  const left = x.shape.map((_, i) => i).filter((i) => !over.has(i));
  const ordered = [...left, ...over].every((a, i) => a === i) ? x : permute(x, [...left, ...over]);
  const shape = keep
    ? x.shape.map((n, i) => (over.has(i) ? 1 : n))
    : left.map((i) => x.shape[i] as number);
  const rows = sizeOf(left.map((i) => x.shape[i] as number));
  return { data: ordered.data, rows, length: x.data.length / rows, shape };
}

function fold(
  name: string,
  start: number,
  step: (sum: number, x: number) => number,
  end: (sum: number, length: number) => number = (sum) => sum,
) {
  return (x: Array64, axes?: Axes, keep = false): Array64 => {
    const { data, rows, length, shape } = grouped(name, x, axes, keep);
    const out = array64(shape);
    for (let r = 0; r < rows; r++) {
      let value = start;
      for (let i = r * length; i < (r + 1) * length; i++) value = step(value, data[i] as number);
      out.data[r] = end(value, length);
    }
    return out;
  };
}

/** A fold that has no answer for no elements. */
function ofSome(name: string, start: number, step: (sum: number, x: number) => number) {
  return fold(name, start, step, (value, length) => {
    if (length > 0) return value;
    throw shapeError(`${name}: there is no element to choose`);
  });
}

/** Sum over `axes`; `keep` leaves them with length 1. So for all reductions here. */
export const sum = fold("sum", 0, (s, x) => s + x);
export const mean = fold(
  "mean",
  0,
  (s, x) => s + x,
  (s, n) => s / n,
);
export const prod = fold("prod", 1, (s, x) => s * x);
export const max = ofSome("max", -Infinity, Math.max);
export const min = ofSome("min", Infinity, Math.min);

/** Sum of squared distances from the mean over their number less `correction`. */
export function variance(x: Array64, axes?: Axes, keep = false, correction = 1): Array64 {
  const { data, rows, length, shape } = grouped("variance", x, axes, keep);
  const out = array64(shape);
  for (let r = 0; r < rows; r++) {
    const row = data.subarray(r * length, (r + 1) * length);
    const centre = row.reduce((s, v) => s + v, 0) / length;
    out.data[r] = row.reduce((s, v) => s + (v - centre) ** 2, 0) / (length - correction);
  }
  return out;
}

function arg(name: string, better: (x: number, best: number) => boolean) {
  return (x: Array64, axis: number, keep = false): Array64 => {
    const a = axisOf(name, axis, x.shape.length);
    const { outer, length, inner } = around(x.shape, a);
    if (length === 0) throw shapeError(`${name}: axis ${axis} is empty`);
    const out = array64(keep ? x.shape.with(a, 1) : x.shape.toSpliced(a, 1));
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        let best = 0;
        const at = (k: number) => x.data[(o * length + k) * inner + i] as number;
        for (let k = 1; k < length; k++) if (better(at(k), at(best))) best = k;
        out.data[o * inner + i] = best;
      }
    }
    return out;
  };
}

/** Where the largest (smallest) element of an axis is; the first of equal ones, the first NaN before all. */
export const argmax = arg("argmax", (x, best) => x > best || isNewNaN(x, best));
export const argmin = arg("argmin", (x, best) => x < best || isNewNaN(x, best));

function isNewNaN(x: number, best: number): boolean {
  return Number.isNaN(x) && !Number.isNaN(best);
}
