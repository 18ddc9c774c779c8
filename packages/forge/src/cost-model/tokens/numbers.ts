/** Half octaves and trailing zeros that are told apart. */
const HALF_OCTAVES = 48;
const ZEROS = 4;

const trailingZeros = (n: number): number => {
  let zeros = 0;
  for (let m = n; zeros < ZEROS && m > 0 && m % 2 === 0; m /= 2) zeros++;
  return zeros;
};

/** The number that a token is, with what tells its role apart: the dimension `8x`, the shift `-2`. */
function numberOf(token: string): { role: "x" | "+" | "-" | ""; value: number } | null {
  const found = /^([-+]?)(\d+)(x?)$/.exec(token);
  if (!found) return null;
  return { role: (found[3] || found[1]) as "x" | "+" | "-" | "", value: Number(found[2]) };
}

/** Logarithm of what a number token stands for, and its role; null for other tokens. */
export function logarithmOf(token: string): { role: string; log2: number } | null {
  const bucket = /^([-+x]?)~(\d+)\/\d$/.exec(token);
  if (bucket) return { role: bucket[1]!, log2: Number(bucket[2]) / 2 };
  const number = numberOf(token);
  return number && { role: number.role, log2: Math.log2(Math.max(1, number.value)) };
}

/**
 * The token of an integer's magnitude: its half octave and how often 2 divides it (at most 4 times),
 * which decides whether loops come out even. `96x` becomes `x~13/4`.
 */
export function magnitude(token: string): string | null {
  const number = numberOf(token);
  if (number === null) return /^[-+]?\d/.test(token) ? "float~" : null;
  const { role, value } = number;
  const octave = Math.min(HALF_OCTAVES, Math.round(2 * Math.log2(Math.max(1, value))));
  return `${role}~${octave}/${trailingZeros(value)}`;
}
