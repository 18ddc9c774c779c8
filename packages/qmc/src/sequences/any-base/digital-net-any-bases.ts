import { checkType, domainError, shapeError, typeError } from "@daily-kernel/compute";
import { spawnedSeed } from "../component-rng.ts";
import { checkShape, type Flat, flatten, type Nested } from "../nested-numbers.ts";
import { checkInteger, checkSequenceOptions } from "../sequence-options.ts";
import { AnyBaseSequence } from "./any-base-sequence.ts";
import { type DigitalGenerator, makeCoordinate } from "./coordinates.ts";
import {
  checkRandomization,
  type DigitalOptions,
  type DigitalRandomization,
  digitalKeys,
} from "./randomization.ts";

export interface DigitalNetAnyBasesOptions extends DigitalOptions {
  /** One base for all components, or one each ([r x] components); integers in 2..2^20. */
  bases: number | Nested;
  /**
   * [r x] components x columns x digits: entry (j, k, t) is what digit k of the index adds to digit t
   * of component j; integers below the base.
   */
  generatingMatrices: Nested;
  /** "LMS_DP" by default. */
  randomize?: DigitalRandomization;
}

const LARGEST_BASE = 2 ** 20;

/**
 * A digital net in any bases, also different ones: the digits of a coordinate are a generating matrix
 * times the digits of the index, modulo the base, then randomised.
 *
 * @throws RangeError beyond base^columns points or the number of generating matrices.
 */
export class DigitalNetAnyBases extends AnyBaseSequence {
  readonly #options: DigitalNetAnyBasesOptions;

  constructor(options: DigitalNetAnyBasesOptions) {
    const where = "DigitalNetAnyBases";
    const { components, replications, seed } = checkSequenceOptions(where, options, [
      ...digitalKeys,
      "bases",
      "generatingMatrices",
    ]);
    const { length: d } = components;
    const randomization = checkRandomization(where, options, d, replications);
    const { generator, count, sets } = givenGenerator(where, options, replications);
    const { alpha, kind } = randomization;
    checkPick(where, options.dimension, components, alpha, count);
    if (kind === "none" && sets !== replications) {
      throw domainError(
        `${where}: without randomization replications must be ${sets}, the number of sets of matrices, got ${replications}`,
      );
    }
    super(
      Array.from({ length: replications }, (_, r) =>
        Array.from(components, (c, j) =>
          makeCoordinate(where, generator, randomization, seed, [r, j, d], c),
        ),
      ),
    );
    this.#options = { ...options };
  }

  protected child(dimension: number, index: number): DigitalNetAnyBases {
    const { scrambles: _s, shifts: _d, permutations: _p, ...options } = this.#options;
    const seed = spawnedSeed(options.seed ?? 0, index);
    return new DigitalNetAnyBases({ ...options, dimension, seed });
  }
}

/** Throws unless the components are there; interlacing takes them in order. */
export function checkPick(
  where: string,
  dimension: unknown,
  components: Uint32Array,
  alpha: number,
  count: number,
): void {
  if (alpha > 1 && dimension !== undefined && typeof dimension !== "number") {
    throw typeError(
      `${where}: dimension must be a number with alpha > 1, got an array and ${alpha}`,
    );
  }
  const need = components.reduce((most, c) => Math.max(most, alpha * (c + 1)), 0);
  if (need <= count) return;
  throw domainError(
    alpha > 1
      ? `${where}: dimension x alpha must be at most ${count}, got ${need}`
      : `${where}: dimension must be at most ${count}, got ${need}`,
  );
}

function givenGenerator(
  where: string,
  options: DigitalNetAnyBasesOptions,
  replications: number,
): { generator: DigitalGenerator; count: number; sets: number } {
  const matrices = flatten(where, "generatingMatrices", options.generatingMatrices, 3);
  const [sets, count, columns, digits] = matrices.shape as [number, number, number, number];
  checkInteger(where, "generatingMatrices' digits", digits, 1, 64);
  const bases = givenBases(where, options.bases, count);
  for (const [name, given] of [
    ["generatingMatrices", sets],
    ["bases", bases.shape[0]!],
  ] as const) {
    if (given !== 1 && given !== replications) {
      throw shapeError(`${where}: ${name} must be one set or ${replications}, got ${given}`);
    }
  }
  const base = (r: number, c: number) => bases.data[(r % bases.shape[0]!) * count + c]!;
  const size = columns * digits;
  const generator: DigitalGenerator = {
    base,
    matrix(r, c) {
      const from = ((r % sets) * count + c) * size;
      const entries = Uint32Array.from(matrices.data.slice(from, from + size));
      return { columns, digits, entries };
    },
  };
  for (let r = 0; r < Math.max(sets, bases.shape[0]!); r++) {
    for (let c = 0; c < count; c++) {
      const { entries } = generator.matrix(r, c);
      const bad = entries.find((entry) => entry >= base(r, c));
      if (bad !== undefined) {
        throw domainError(
          `${where}: generatingMatrices must be below their base ${base(r, c)}, got ${bad} for component ${c}`,
        );
      }
    }
  }
  const { alpha = 1 } = options;
  if (alpha > 1 && new Set(bases.data).size > 1) {
    throw domainError(
      `${where}: with alpha ${alpha} all bases must be equal, got ${bases.data.join(", ")}`,
    );
  }
  return { generator, count, sets };
}

function givenBases(where: string, given: number | Nested, count: number): Flat {
  checkType(given !== undefined, where, "bases", "a number or an array", given);
  const bases: Flat =
    typeof given === "number"
      ? { data: new Array<number>(count).fill(given), shape: [1, count] }
      : flatten(where, "bases", given, 1);
  checkShape(where, "bases", bases.shape, [undefined, count]);
  bases.data.forEach((base, i) => {
    checkInteger(where, typeof given === "number" ? "bases" : `bases[${i}]`, base, 2, LARGEST_BASE);
  });
  return bases;
}
