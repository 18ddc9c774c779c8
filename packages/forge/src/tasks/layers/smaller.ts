import type { Dims } from "../../task/task.ts";

export interface Shrinkable {
  readonly published: Dims;
  readonly least: Dims;
  readonly multiples?: Dims;
}

/** One step of a size towards `least`: half, odd sizes staying odd, or double where it has to grow. */
function nearer(size: number, least: number, multiple: number): number {
  if (size < least) return Math.min(2 * size, least);
  const units = size / multiple;
  const half = Math.floor(units / 2);
  const odd = units % 2 === 1 && half % 2 === 0 ? half + 1 : half;
  return Math.max(odd * multiple, least);
}

/**
 * The published sizes, the one that is furthest from its least value halved (or doubled) in turn
 * until `fits`, or until all are at their least.
 */
export function smaller(
  { published, least, multiples }: Shrinkable,
  fits: (dims: Dims) => boolean,
): Dims {
  let dims = published;
  while (!fits(dims)) {
    const away = dims.map((n, i) => Math.abs(Math.log2(n / least[i]!)));
    const furthest = Math.max(...away);
    if (furthest === 0) break;
    const at = away.indexOf(furthest);
    dims = dims.with(at, nearer(dims[at]!, least[at]!, multiples?.[at] ?? 1));
  }
  return dims;
}
