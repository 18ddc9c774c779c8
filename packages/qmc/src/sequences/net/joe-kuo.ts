import { JOE_KUO_BITS } from "./joe-kuo-data.ts";
import { leadingMask, type NetMatrix, netMatrix } from "./net-matrix.ts";
import { primitivePolynomials } from "./primitive-polynomials.ts";

/** Components that have direction numbers. */
export const JOE_KUO_COMPONENTS = 21201;

let packed: Uint8Array | undefined;
const polynomials = new Map<number, number[]>();

function bitsAt(offset: number, count: number): number {
  packed ??= Uint8Array.from(atob(JOE_KUO_BITS), (char) => char.charCodeAt(0));
  let value = 0;
  for (let i = offset; i < offset + count; i++) {
    value = 2 * value + ((packed[i >> 3]! >> (7 - (i & 7))) & 1);
  }
  return value;
}

/** The polynomial of a component >= 1, and its m_1, m_2, ... */
function initialNumbers(component: number): { polynomial: number; m: number[] } {
  let first = 1;
  let offset = 0;
  for (let degree = 1; ; degree++) {
    let list = polynomials.get(degree);
    if (list === undefined) {
      list = primitivePolynomials(degree);
      polynomials.set(degree, list);
    }
    const bits = (degree * (degree - 1)) / 2;
    if (component < first + list.length) {
      offset += bits * (component - first);
      const m = Array.from({ length: degree }, (_, i) => {
        const at = offset + (i * (i - 1)) / 2;
        return 2 * bitsAt(at, i) + 1;
      });
      return { polynomial: list[component - first]!, m };
    }
    offset += bits * list.length;
    first += list.length;
  }
}

/** Columns of one component, by the recurrence of Bratley and Fox (1988) on 64-bit fractions. */
function expand(component: number, columns: number, words: Uint32Array, at: number): void {
  const put = (k: number, m: number) => {
    // m 2^(63 - k), where m < 2^(k+1)
    const scaled = m * 2 ** (31 - k); // in units of 2^32
    words[at + 2 * k + 1] = Math.floor(scaled);
    words[at + 2 * k] = (scaled - Math.floor(scaled)) * 2 ** 32;
  };
  if (component === 0) {
    for (let k = 0; k < columns; k++) put(k, 1);
    return;
  }
  const { polynomial, m } = initialNumbers(component);
  const degree = m.length;
  for (let k = 0; k < Math.min(degree, columns); k++) put(k, m[k]!);
  for (let k = degree; k < columns; k++) {
    const back = at + 2 * (k - degree);
    const [low, high] = [words[back]!, words[back + 1]!];
    let nextLow = low ^ ((low >>> degree) | (high << (32 - degree)));
    let nextHigh = high ^ (high >>> degree);
    for (let i = 1; i < degree; i++) {
      if (((polynomial >>> (degree - i)) & 1) === 0) continue;
      nextLow ^= words[at + 2 * (k - i)]!;
      nextHigh ^= words[at + 2 * (k - i) + 1]!;
    }
    words[at + 2 * k] = nextLow;
    words[at + 2 * k + 1] = nextHigh;
  }
}

/**
 * Sobol' generating matrices of the given components (0..21200) with the direction numbers of Joe
 * and Kuo (2008), `columns` of them (1..64), cut to `digits` digits (1..64).
 */
export function joeKuo(components: readonly number[], columns: number, digits: number): NetMatrix {
  const matrix = netMatrix(components.length, columns, digits);
  const [low, high] = leadingMask(digits);
  for (const [c, component] of components.entries()) {
    expand(component, columns, matrix.words, 2 * c * columns);
  }
  for (let i = 0; i < matrix.words.length; i += 2) {
    matrix.words[i]! &= low;
    matrix.words[i + 1]! &= high;
  }
  return matrix;
}
