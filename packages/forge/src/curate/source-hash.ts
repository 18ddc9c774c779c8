const SLASH = 0x2f;
const STAR = 0x2a;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const SPACE = 0x20;

const isSpace = (c: number) => c === SPACE || (c >= 0x09 && c <= 0x0d) || c === 0xa0;
const isWord = (c: number) =>
  (c >= 0x61 && c <= 0x7a) ||
  (c >= 0x30 && c <= 0x39) ||
  (c >= 0x41 && c <= 0x5a) ||
  c === 0x5f ||
  c > 0x7f;

/** `//` divides in Python, and its strings may hold C with pragmas: comments there are kept. */
const looksLikePython = (source: string) => /^\s*(?:def|import|from|@\w)/m.test(source);

let codes = new Uint16Array(4096);

/**
 * Writes the characters that matter into `codes` and returns how many: comments do not, and white
 * space only where two words would grow together without it.
 */
function significant(source: string): number {
  const n = source.length;
  if (codes.length < n) codes = new Uint16Array(2 * n);
  const comments = source.includes("/") && !looksLikePython(source);
  let length = 0;
  let space = false;
  let quote = 0;
  for (let i = 0; i < n; i++) {
    const c = source.charCodeAt(i);
    if (quote !== 0) {
      codes[length++] = c;
      if (c === BACKSLASH && i + 1 < n) codes[length++] = source.charCodeAt(++i);
      else if (c === quote || c === NEWLINE) quote = 0;
      continue;
    }
    if (isSpace(c)) {
      space = true;
      continue;
    }
    if (comments && c === SLASH && i + 1 < n) {
      const next = source.charCodeAt(i + 1);
      if (next === SLASH || next === STAR) {
        const end = next === SLASH ? source.indexOf("\n", i) : source.indexOf("*/", i + 2) + 1;
        i = end <= 0 ? n : end;
        space = true;
        continue;
      }
    }
    if (space && length > 0 && isWord(c) && isWord(codes[length - 1]!)) codes[length++] = SPACE;
    space = false;
    if (c === QUOTE || c === APOSTROPHE) quote = c;
    codes[length++] = c;
  }
  return length;
}

/** A source without comments and with one space where two words would grow together, else none. */
export function normaliseSource(source: string): string {
  const length = significant(source);
  return new TextDecoder("utf-16le").decode(codes.subarray(0, length));
}

/**
 * 64 bits of the normalised source as two words: kernels that differ in comments and white space
 * alone get the same. Two lanes of multiply and exclusive-or, mixed as in MurmurHash3.
 */
export function sourceHash(source: string): [low: number, high: number] {
  const length = significant(source);
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (let i = 0; i < length; i++) {
    const c = codes[i]!;
    a = Math.imul(a ^ c, 0x9e3779b1);
    a = (a << 15) | (a >>> 17);
    b = Math.imul(b ^ c, 0x5f356495);
    b = (b << 13) | (b >>> 19);
  }
  a = mix(a ^ Math.imul(b, 0x2c1b3c6d));
  b = mix(b ^ Math.imul(a, 0x297a2d39));
  return [a >>> 0, b >>> 0];
}

function mix(x: number): number {
  let h = x;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
