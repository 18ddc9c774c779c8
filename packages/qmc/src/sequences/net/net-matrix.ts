/**
 * Generating matrices of a net in base 2. Every column is a binary fraction in 64 bits, its first
 * digit the highest bit: column k of component c has its low word at `words[2 (c columns + k)]` and
 * its high word behind it. The first `digits` digits may differ from 0.
 */
export interface NetMatrix {
  components: number;
  columns: number;
  digits: number;
  words: Uint32Array<ArrayBuffer>;
}

export function netMatrix(components: number, columns: number, digits: number): NetMatrix {
  return { components, columns, digits, words: new Uint32Array(2 * components * columns) };
}

/** The low and the high word that keep the first `digits` (0..64) digits of a fraction. */
export function leadingMask(digits: number): readonly [low: number, high: number] {
  const word = (n: number) => (n <= 0 ? 0 : n >= 32 ? 0xffffffff : -(2 ** (32 - n)) >>> 0);
  return [word(digits - 32), word(digits)];
}
