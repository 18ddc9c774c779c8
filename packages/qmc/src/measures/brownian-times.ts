import { checkNumbers, domainError, shapeError } from "@daily-kernel/compute";

/** d equally spaced times, the last of which is the end. */
export function equalTimes(end: number, d: number): Float64Array {
  if (d === 1) return Float64Array.of(end);
  const first = end / d;
  const step = (end - first) / (d - 1);
  return Float64Array.from({ length: d }, (_, j) => (j === d - 1 ? end : first + j * step));
}

/**
 * The order in which a bridge is built: the end first, then the middle, the quarters ..., that is the
 * first d points of van der Corput's sequence in Gray code order, times the end.
 */
export function vanDerCorputTimes(end: number, d: number): Float64Array {
  return Float64Array.from({ length: d }, (_, i) => {
    if (i === 0) return end;
    let reversed = 0;
    for (let gray = i ^ (i >>> 1), weight = 0.5; gray > 0; gray >>>= 1, weight /= 2) {
      if (gray & 1) reversed += weight;
    }
    return end * reversed;
  });
}

/** Times given by the user: d distinct numbers in (0, end]. */
export function givenTimes(
  where: string,
  value: ArrayLike<number>,
  end: number,
  d: number,
): Float64Array {
  checkNumbers(where, "times", value);
  if (value.length !== d) {
    throw shapeError(`${where}: times must hold ${d} numbers, got ${value.length}`);
  }
  const times = Float64Array.from(value);
  for (let j = 0; j < d; j++) {
    if (!(times[j]! > 0 && times[j]! <= end)) {
      throw domainError(`${where}: times must lie in (0, ${end}], got ${times[j]} at index ${j}`);
    }
    if (times.indexOf(times[j]!) < j) {
      throw domainError(`${where}: times must be distinct, got ${times[j]} twice`);
    }
  }
  return times;
}

/** For each entry, its place among them when they are sorted. */
export function ranks(values: Float64Array): Uint32Array {
  const order = Array.from(values.keys()).sort((i, j) => values[i]! - values[j]!);
  const result = new Uint32Array(values.length);
  for (const [rank, i] of order.entries()) result[i] = rank;
  return result;
}
