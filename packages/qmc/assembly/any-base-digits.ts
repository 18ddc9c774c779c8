// What the kernels of nets in any bases share: a coordinate's description (any-base.ts) and its digits.

/** The largest number below 1. */
export const LARGEST: f64 = 1.0 - 1.0 / 9007199254740992.0;

export function word(plan: usize, at: usize): usize {
  return <usize>load<u32>(plan + (at << 2));
}

/** Counts the index up by one; returns what row of steps belongs to the carry. */
export function carry(index: usize, m: usize, base: u32): usize {
  let k: usize = 0;
  while (k + 1 < m && load<u32>(index + (k << 2)) == base - 1) {
    store<u32>(index + (k << 2), 0);
    k++;
  }
  store<u32>(index + (k << 2), load<u32>(index + (k << 2)) + 1);
  return k;
}

/** out = digits + step modulo base, four at a time; all have room for a multiple of four. */
function addDigits(out: usize, digits: usize, step: usize, count: usize, base: u32): void {
  const b = i32x4.splat(base);
  for (let t: usize = 0; t < count << 2; t += 16) {
    const y = i32x4.add(v128.load(digits + t), v128.load(step + t));
    v128.store(out + t, i32x4.sub(y, v128.and(i32x4.ge_s(y, b), b)));
  }
}

/** Goes to the next index: `to` gets the digits of the point after that with the digits `from`. */
export function nextDigits(plan: usize, to: usize, from: usize, padded: usize): usize {
  const base = load<u32>(plan + 4);
  const k = carry(word(plan, 5), word(plan, 3), base);
  addDigits(to, from, word(plan, 6) + ((k * padded) << 2), padded, base);
  return k;
}

export function advance(plan: usize, padded: usize): usize {
  const digits = word(plan, 4);
  return nextDigits(plan, digits, digits, padded);
}
