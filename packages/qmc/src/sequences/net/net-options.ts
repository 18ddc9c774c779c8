import { checkObject, checkType, domainError, shapeError } from "@daily-kernel/compute";
import {
  type CheckedOptions,
  checkInteger,
  checkSequenceOptions,
  choose,
  type SequenceOptions,
} from "../sequence-options.ts";
import {
  type IntegerMatrices,
  readGeneratingMatrices,
  selectComponents,
} from "./generating-matrices.ts";
import type { Integers } from "./integers.ts";
import { JOE_KUO_COMPONENTS, joeKuo } from "./joe-kuo.ts";
import type { NetMatrix } from "./net-matrix.ts";

const RANDOMIZATIONS = ["LMS_DS", "LMS", "DS", "NUS", "OWEN", "none"] as const;
const ORDERS = ["natural", "gray"] as const;

export type NetRandomization = (typeof RANDOMIZATIONS)[number];
export type NetOrder = (typeof ORDERS)[number];

export interface DigitalNetB2Options extends SequenceOptions {
  /**
   * `LMS_DS` (default): linear matrix scramble, then digital shift; `LMS` or `DS`: one of them;
   * `NUS`: nested uniform scrambling; `OWEN`: the same by a hash, faster; `none`.
   */
  randomize?: NetRandomization;
  /** Order of the points; natural by default. */
  order?: NetOrder;
  /** Components that are interlaced to a coordinate, for a net of that order; 1 by default. */
  alpha?: number;
  /** Digits of a coordinate after randomisation, 1..64; 63 by default. */
  bits?: number;
  /** Instead of Joe and Kuo's: `[component][column]` or `[replication][component][column]`. */
  generatingMatrices?: IntegerMatrices;
  /** Whether the highest bit of the given matrices' integers is the first digit; true by default. */
  msb?: boolean;
  /** Digits of the given matrices; by default as many as their largest integer has. */
  matrixBits?: number;
  /** Columns of Joe and Kuo's matrices, 1..53, so that there are 2^columns points; 32 by default. */
  columns?: number;
  /** Instead of random ones: `[replication][component][row]`, rows of as many bits as the matrices. */
  scrambleMatrices?: IntegerMatrices;
  /** Instead of random ones: `[replication][coordinate]`, integers of `bits` bits. */
  digitalShifts?: Integers | readonly Integers[];
}

export interface NetOptions extends CheckedOptions {
  randomize: NetRandomization;
  order: NetOrder;
  alpha: number;
  bits: number;
  /** The matrices of the alpha d components, one for each replication or one for all. */
  matrices: NetMatrix[];
}

/** Options of a net that not all sequences have, with matrices of its own and without. */
export const sobolKeys = [
  "randomize",
  "order",
  "alpha",
  "bits",
  "columns",
  "scrambleMatrices",
  "digitalShifts",
] as const;
const netKeys = [...sobolKeys, "generatingMatrices", "msb", "matrixBits"] as const;

/** Checks the options of a net and finds its matrices. */
export function checkNetOptions(where: string, options: DigitalNetB2Options): NetOptions {
  checkObject(where, "options", options);
  const { alpha = 1, bits = 63 } = options;
  checkInteger(where, "alpha", alpha, 1, 64);
  checkInteger(where, "bits", bits, 1, 64);
  const given = givenMatrices(where, options, bits);
  const limit = given?.[0]?.components ?? JOE_KUO_COMPONENTS;
  if (limit < alpha) {
    throw domainError(`${where}: alpha = ${alpha} takes as many components, got ${limit}`);
  }
  const checked = checkSequenceOptions(where, options, netKeys, Math.floor(limit / alpha));
  const { components, replications } = checked;
  const randomize = choose(where, "randomize", options.randomize, RANDOMIZATIONS);
  const order = choose(where, "order", options.order, ORDERS);

  const parts = Array.from(components, (j) =>
    Array.from({ length: alpha }, (_, r) => alpha * j + r),
  ).flat();
  const columns = columnsOf(where, options);
  const matrices = given?.map((matrix) => selectComponents(matrix, parts)) ?? [
    joeKuo(parts, columns, Math.min(bits, columns)),
  ];
  if (matrices.length !== 1 && matrices.length !== replications) {
    throw shapeError(
      `${where}: generatingMatrices must be one set or replications = ${replications} sets, got ${matrices.length}`,
    );
  }
  if (randomize === "none" && replications !== matrices.length) {
    throw domainError(
      `${where}: replications = ${replications} need a randomisation, or as many generatingMatrices, got ${matrices.length}`,
    );
  }
  return { ...checked, randomize, order, alpha, bits, matrices };
}

function columnsOf(where: string, { columns = 32 }: DigitalNetB2Options): number {
  checkInteger(where, "columns", columns, 1, 53);
  return columns;
}

function givenMatrices(
  where: string,
  options: DigitalNetB2Options,
  bits: number,
): NetMatrix[] | undefined {
  const { generatingMatrices, msb = true, matrixBits } = options;
  if (generatingMatrices === undefined) return undefined;
  checkType(typeof msb === "boolean", where, "msb", "a boolean", msb);
  if (matrixBits !== undefined) checkInteger(where, "matrixBits", matrixBits, 1, 64);
  const matrices = readGeneratingMatrices(where, generatingMatrices, msb, matrixBits);
  const { digits } = matrices[0]!;
  if (digits > bits) {
    throw domainError(
      `${where}: bits must be at least the ${digits} bits of generatingMatrices, got ${bits}`,
    );
  }
  return matrices;
}
