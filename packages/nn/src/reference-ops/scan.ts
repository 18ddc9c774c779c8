import { type Array64, around, array64, axisOf } from "./array64.ts";

export interface ScanOptions {
  /** Element k without its own term: the first is the empty sum or product. */
  exclusive?: boolean;
  /** From the end of the axis. */
  reverse?: boolean;
}

function scan(name: string, start: number, step: (sum: number, x: number) => number) {
  return (x: Array64, axis: number, { exclusive = false, reverse = false }: ScanOptions = {}) => {
    const { outer, length, inner } = around(x.shape, axisOf(name, axis, x.shape.length));
    const out = array64(x.shape);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        let value = start;
        for (let k = 0; k < length; k++) {
          const at = (o * length + (reverse ? length - 1 - k : k)) * inner + i;
          const next = step(value, x.data[at] as number);
          out.data[at] = exclusive ? value : next;
          value = next;
        }
      }
    }
    return out;
  };
}

/** Running sums along an axis. */
export const cumsum = scan("cumsum", 0, (s, x) => s + x);
/** Running products along an axis. */
export const cumprod = scan("cumprod", 1, (s, x) => s * x);
