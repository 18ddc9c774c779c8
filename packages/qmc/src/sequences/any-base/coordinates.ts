import { domainError, type Rng } from "@daily-kernel/compute";
import { componentRng } from "../component-rng.ts";
import type { Flat } from "../nested-numbers.ts";
import { isPrime } from "../primes.ts";
import {
  type DigitMatrix,
  interlaced,
  randomScramble,
  resized,
  scrambled,
} from "./digit-matrix.ts";
import type { Coordinate, DigitalPlan } from "./digital-plan.ts";
import type { Randomization } from "./randomization.ts";

/** Bases and matrices by replication and component, before randomisation. */
export interface DigitalGenerator {
  base(replication: number, component: number): number;
  matrix(replication: number, component: number): DigitMatrix;
}

/** In larger prime bases permutations are drawn among the maps y -> a y + c, which need no room. */
const TABLE_BASES = 1024;

/** The smallest number of digits with base^digits >= 2^53. */
export function fullDigits(base: number): number {
  let digits = 1;
  for (let power = base; power < 2 ** 53; power *= base) digits++;
  return digits;
}

/**
 * Coordinate j of replication r. Its random numbers depend on the seed, r and the component of the
 * generator alone, however many others there are.
 */
export function makeCoordinate(
  where: string,
  generator: DigitalGenerator,
  randomization: Randomization,
  seed: number | bigint,
  [r, j, d]: readonly [number, number, number],
  component: number,
): Coordinate {
  const { kind, alpha } = randomization;
  const parts = Array.from({ length: alpha }, (_, a) => (alpha === 1 ? component : alpha * j + a));
  const base = generator.base(r, parts[0]!);
  const given = randomization.scrambles;
  const plain = parts.map((c) => {
    const matrix = generator.matrix(r, c);
    // Digits that a given scramble has no columns for do not count.
    return given ? resized(matrix, given.shape[3]!) : matrix;
  });
  const rows = plain[0]!.digits;
  const digits = randomization.digits ?? defaultDigits(kind, alpha, rows, base);
  const own = alpha === 1 ? digits : Math.max(rows, Math.ceil(digits / alpha));
  const rng = (c: number, name: string) => componentRng(seed, r, c).spawn(name);
  if (kind === "NUS") {
    const plans = plain.map((matrix, a): DigitalPlan => {
      const stream = rng(parts[a]!, "tree");
      return { ...planOf(resized(matrix, own), base), tree: [stream.uint32(), stream.uint32()] };
    });
    return { base, digits, parts: plans };
  }
  const matrices = plain.map((matrix, a) => {
    if (!kind.startsWith("LMS")) return matrix;
    if (given) {
      const scramble = givenScramble(where, given, r * alpha * d + alpha * j + a, base);
      return scrambled(matrix, scramble, given.shape[2]!, base);
    }
    return scrambled(
      matrix,
      randomScramble(rng(parts[a]!, "scramble"), own, rows, base),
      own,
      base,
    );
  });
  const matrix = alpha === 1 ? resized(matrices[0]!, digits) : interlaced(matrices, digits);
  const plan = planOf(matrix, base);
  const at = r * d + j;
  if (kind.endsWith("DS")) addShift(where, plan, randomization.shifts, at, rng(component, "shift"));
  if (kind.endsWith("DP")) {
    addPermutations(where, plan, randomization.permutations, at, rng(component, "permutation"));
  }
  return { base, digits, parts: [plan] };
}

function planOf({ columns, digits, entries }: DigitMatrix, base: number): DigitalPlan {
  return { base, columns, digits, matrix: entries, shift: new Uint32Array(digits) };
}

function defaultDigits(kind: string, alpha: number, rows: number, base: number): number {
  const full = fullDigits(base);
  if (kind !== "none") return Math.max(full, alpha === 1 ? rows : 0);
  return alpha === 1 ? rows : Math.min(full, rows * alpha);
}

/** Throws if a given digit is not below the base. */
function checkDigit(where: string, name: string, value: number, base: number): number {
  if (value < base) return value;
  throw domainError(`${where}: ${name} must be below their base ${base}, got ${value}`);
}

function givenScramble(
  where: string,
  { data, shape }: Flat,
  index: number,
  base: number,
): number[] {
  const size = shape[2]! * shape[3]!;
  return data
    .slice(index * size, (index + 1) * size)
    .map((entry) => checkDigit(where, "scrambles", entry, base));
}

function addShift(
  where: string,
  plan: DigitalPlan,
  given: Flat | undefined,
  at: number,
  rng: Rng,
): void {
  const { shift, digits, base } = plan;
  for (let t = 0; t < digits; t++) {
    shift[t] = given
      ? checkDigit(where, "shifts", given.data[at * digits + t]!, base)
      : rng.integer(base);
  }
}

function addPermutations(
  where: string,
  plan: DigitalPlan,
  given: Flat | undefined,
  at: number,
  rng: Rng,
): void {
  const { base, digits } = plan;
  if (given === undefined && base > TABLE_BASES && isPrime(base)) {
    const factors = Float64Array.from({ length: digits }, () => 1 + rng.integer(base - 1));
    plan.matrix = plan.matrix.map((entry, i) => (entry * factors[i % digits]!) % base);
    plan.shift = plan.shift.map(() => rng.integer(base));
    return;
  }
  const permutations = new (base <= 65536 ? Uint16Array : Uint32Array)(digits * base);
  for (let t = 0; t < digits; t++) {
    const order = given
      ? givenPermutation(where, given, at * digits + t, base)
      : rng.permutation(base);
    permutations.set(order, t * base);
  }
  plan.permutations = permutations;
}

function givenPermutation(
  where: string,
  { data, shape }: Flat,
  at: number,
  base: number,
): number[] {
  const width = shape[3]!;
  if (width < base) {
    throw domainError(
      `${where}: permutations must have ${base} items for base ${base}, got ${width}`,
    );
  }
  const order = data.slice(at * width, at * width + base);
  const seen = new Set(order.map((y) => checkDigit(where, "permutations", y, base)));
  if (seen.size === base) return order;
  throw domainError(`${where}: permutations must have ${base} different items, got ${seen.size}`);
}
