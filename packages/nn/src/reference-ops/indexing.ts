import { domainError, shapeError } from "@daily-kernel/compute";
import { type Array64, around, array64, axisOf, type Operand } from "./array64.ts";
import { broadcastShape, expand } from "./broadcast.ts";
import { where } from "./elementwise.ts";
import { reshape } from "./layout.ts";

const row = (name: string, index: number, length: number): number => {
  const i = index < 0 ? index + length : index;
  if (i >= 0 && i < length && Number.isInteger(i)) return i;
  throw domainError(`${name}: index ${index} is outside an axis of ${length}`);
};

/** Slices of an axis in the order of `index` [n]; a slice may come several times. */
export function indexSelect(x: Array64, axis: number, index: Array64): Array64 {
  const a = axisOf("indexSelect", axis, x.shape.length);
  const { outer, length, inner } = around(x.shape, a);
  const n = index.data.length;
  const out = array64(x.shape.with(a, n));
  for (let o = 0; o < outer; o++) {
    for (let k = 0; k < n; k++) {
      const from = (o * length + row("indexSelect", index.data[k] as number, length)) * inner;
      out.data.set(x.data.subarray(from, from + inner), (o * n + k) * inner);
    }
  }
  return out;
}

/** Rows of `weight` [count, width] for an array of indices of any shape. */
export function embedding(index: Array64, weight: Array64): Array64 {
  const rows = indexSelect(weight, 0, index);
  return reshape(rows, [...index.shape, ...weight.shape.slice(1)]);
}

/** Calls `visit(position in x, position in index)` for every element of an index along an axis. */
function along(
  name: string,
  x: Array64,
  axis: number,
  index: Array64,
  visit: (at: number, i: number) => void,
): void {
  const a = axisOf(name, axis, x.shape.length);
  const fits = index.shape.every((n, i) => i === a || n <= (x.shape[i] as number));
  if (index.shape.length !== x.shape.length || !fits) {
    throw shapeError(
      `${name}: index [${index.shape.join(", ")}] does not fit [${x.shape.join(", ")}]`,
    );
  }
  const rank = x.shape.length;
  const position = new Array<number>(rank).fill(0);
  for (let i = 0; i < index.data.length; i++) {
    let at = 0;
    for (let k = 0; k < rank; k++) {
      const here =
        k === a
          ? row(name, index.data[i] as number, x.shape[a] as number)
          : (position[k] as number);
      at = at * (x.shape[k] as number) + here;
    }
    visit(at, i);
    for (let k = rank - 1; k >= 0; k--) {
      position[k] = (position[k] as number) + 1;
      if (position[k] !== index.shape[k]) break;
      position[k] = 0;
    }
  }
}

/** The element of `x` at each index along an axis; every other axis of `index` is at most that of x. */
export function gather(x: Array64, axis: number, index: Array64): Array64 {
  const out = array64(index.shape);
  along("gather", x, axis, index, (at, i) => {
    out.data[i] = x.data[at] as number;
  });
  return out;
}

/** `gather` after broadcasting all axes but the one that is indexed. */
export function takeAlongAxis(x: Array64, index: Array64, axis: number): Array64 {
  const a = axisOf("takeAlongAxis", axis, x.shape.length);
  const shape = broadcastShape("takeAlongAxis", x.shape.with(a, 1), index.shape.with(a, 1));
  const wide = expand(x, shape.with(a, x.shape[a] as number));
  return gather(wide, a, expand(index, shape.with(a, index.shape[a] as number)));
}

/** x with `updates` in the places of `index`; of several for one place the last in row-major order stays. */
export function scatter(x: Array64, axis: number, index: Array64, updates: Array64): Array64 {
  const out = array64(x.shape, x.data.slice());
  along("scatter", x, axis, index, (at, i) => {
    out.data[at] = updates.data[i] as number;
  });
  return out;
}

/** x plus all `updates` for each place of `index`. */
export function scatterAdd(x: Array64, axis: number, index: Array64, updates: Array64): Array64 {
  const out = array64(x.shape, x.data.slice());
  along("scatterAdd", x, axis, index, (at, i) => {
    (out.data[at] as number) += updates.data[i] as number;
  });
  return out;
}

function slices(
  name: string,
  x: Array64,
  axis: number,
  index: Array64,
  source: Array64,
  combine: (old: number, update: number) => number,
): Array64 {
  const { outer, length, inner } = around(x.shape, axisOf(name, axis, x.shape.length));
  const n = index.data.length;
  if (source.data.length !== outer * n * inner) {
    throw shapeError(`${name}: source must hold ${outer * n * inner} numbers`);
  }
  const out = array64(x.shape, x.data.slice());
  for (let o = 0; o < outer; o++) {
    for (let k = 0; k < n; k++) {
      const to = (o * length + row(name, index.data[k] as number, length)) * inner;
      const from = (o * n + k) * inner;
      for (let i = 0; i < inner; i++) {
        out.data[to + i] = combine(out.data[to + i] as number, source.data[from + i] as number);
      }
    }
  }
  return out;
}

/** x with slice k of `source` added to slice index[k] of an axis. */
export const indexAdd = (x: Array64, axis: number, index: Array64, source: Array64): Array64 =>
  slices("indexAdd", x, axis, index, source, (old, update) => old + update);

/** x with slice index[k] of an axis replaced by slice k of `source`; the last of equal indices stays. */
export const indexCopy = (x: Array64, axis: number, index: Array64, source: Array64): Array64 =>
  slices("indexCopy", x, axis, index, source, (_, update) => update);

/** x with `value` where `mask` is not 0. */
export const maskedFill = (x: Array64, mask: Array64, value: Operand): Array64 =>
  where(mask, value, x);
