import { domainError, type Rng, shapeError, typeError } from "@daily-kernel/compute";
import { componentRng } from "../component-rng.ts";
import { bitLength, readIntegers } from "./integers.ts";
import { interlaceMatrix } from "./interlace.ts";
import { drawScramble, linearScramble, readScrambles } from "./linear-scramble.ts";
import { leadingMask, type NetMatrix } from "./net-matrix.ts";
import type { DigitalNetB2Options, NetOptions } from "./net-options.ts";
import { type NetPlan, planesOf } from "./net-plan.ts";

/** Given shifts as fractions, `[replication][coordinate]`, low words before high ones. */
function readShifts(
  where: string,
  given: unknown,
  [replications, dimension, bits]: readonly [number, number, number],
): Uint32Array<ArrayBuffer> {
  const { shape, values } = readIntegers(where, "digitalShifts", given, 2);
  if (shape[0] !== replications || shape[1] !== dimension) {
    throw shapeError(
      `${where}: digitalShifts must be ${replications} x ${dimension} (replications x dimension), got ${shape.join(" x ")}`,
    );
  }
  if (bitLength(values) > bits) {
    throw domainError(
      `${where}: digitalShifts must have at most ${bits} bits, got ${bitLength(values)}`,
    );
  }
  const shifts = BigUint64Array.from(values, (value) => value << BigInt(64 - bits));
  return new Uint32Array(shifts.buffer);
}

/** The plans of all replications, randomised. */
export function netPlans(
  where: string,
  options: NetOptions,
  given: DigitalNetB2Options,
): NetPlan[] {
  const { components, replications, seed, randomize, order, alpha, bits, matrices } = options;
  componentRng(seed, 0, 0); // refuses a bad seed
  const d = components.length;
  const { digits, columns } = matrices[0]!;
  const matrixScramble = randomize === "LMS" || randomize === "LMS_DS";
  const shifted = randomize === "DS" || randomize === "LMS_DS";
  const pointScramble = randomize === "NUS" || randomize === "OWEN";
  for (const [name, wanted] of [
    ["scrambleMatrices", matrixScramble],
    ["digitalShifts", shifted],
  ] as const) {
    if (given[name] !== undefined && !wanted) {
      throw typeError(`${where}: ${name} must not be given with randomize "${randomize}"`);
    }
  }
  const scrambles =
    given.scrambleMatrices &&
    readScrambles(where, given.scrambleMatrices, [replications, alpha * d, bits, digits]);
  const out = randomize === "none" ? Math.min(alpha * digits, bits) : bits;
  const shifts =
    given.digitalShifts && readShifts(where, given.digitalShifts, [replications, d, out]);

  const fixed = new Map<NetMatrix, { planes: NetPlan["planes"]; digits: number }>();
  /** Matrices of the points in their order: interlaced, unless that comes after scrambling points. */
  const finish = (matrix: NetMatrix) => {
    const net =
      alpha === 1 || pointScramble
        ? matrix
        : interlaceMatrix(matrix, alpha, Math.min(alpha * matrix.digits, bits));
    return { planes: planesOf(net, order === "gray"), digits: net.digits };
  };
  return Array.from({ length: replications }, (_, r) => {
    const matrix = matrices[r % matrices.length]!;
    /** The generators of component p of coordinate j, p running through all alpha d. */
    const rng = (p: number, name: string): Rng => {
      const component = alpha * components[Math.floor(p / alpha)]! + (p % alpha);
      return componentRng(seed, r, component).spawn(name);
    };
    const width = pointScramble ? alpha * d : d;
    const shift = new Uint32Array(2 * width);
    let made = matrixScramble ? undefined : fixed.get(matrix);
    if (made === undefined) {
      const scramble = (p: number) => scrambles?.[r]?.[p] ?? drawScramble(rng(p, "matrix"), digits);
      made = finish(
        matrixScramble
          ? linearScramble(
              matrix,
              Array.from({ length: alpha * d }, (_, p) => scramble(p)),
              bits,
            )
          : matrix,
      );
      if (!matrixScramble) fixed.set(matrix, made);
    }
    if (shifts !== undefined) shift.set(shifts.subarray(2 * d * r, 2 * d * (r + 1)));
    else if (shifted) {
      const [low, high] = leadingMask(out);
      for (let j = 0; j < d; j++) {
        const draw = rng(alpha * j, "shift");
        shift[2 * j] = draw.uint32() & low;
        shift[2 * j + 1] = draw.uint32() & high;
      }
    }
    const plan: NetPlan = {
      components: width,
      columns,
      digits: made.digits,
      bits: out,
      alpha: pointScramble ? alpha : 1,
      planes: made.planes,
      shift,
    };
    if (!pointScramble) return plan;
    const tree = randomize === "NUS";
    const size = tree ? 2 : 16;
    const keys = new Uint32Array(size * width);
    for (let p = 0; p < width; p++) {
      rng(p, tree ? "tree" : "hash").fillUint32(keys.subarray(size * p, size * (p + 1)));
    }
    return { ...plan, scramble: { kind: tree ? "tree" : "hash", keys } };
  });
}
