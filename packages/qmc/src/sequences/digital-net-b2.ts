import { allocate, domainError, type PoolOptions } from "@daily-kernel/compute";
import { spawnedSeed } from "./component-rng.ts";
import {
  checkNetOptions,
  type DigitalNetB2Options,
  type NetOrder,
  type NetRandomization,
} from "./net/net-options.ts";
import { matricesOf, type NetPlan } from "./net/net-plan.ts";
import { fillNet, fillNetsOnPool, part } from "./net/net-points.ts";
import { netPlans } from "./net/net-randomization.ts";
import { type PointsOptions, Sequence, type Structure } from "./sequence.ts";

export type { DigitalNetB2Options } from "./net/net-options.ts";

/** Points as integers of `bits` bits: coordinate j of point i of replication r at `(r n + i) d + j`. */
export interface BinaryPointSet {
  data: BigUint64Array<ArrayBuffer>;
  bits: number;
  replications: number;
  n: number;
  dimension: number;
}

/** What other engines, such as `sobolGpu`, need to make the same points. */
export interface NetRecipe {
  nMin: number;
  nMax: number;
  plans: readonly NetPlan[];
}

const isPower = (n: number) => n === 0 || Number.isInteger(Math.log2(n));

/**
 * A digital net or sequence in base 2. Point i is the sum over GF(2) of the columns k of each
 * component's generating matrix for the bits k of i that are 1; Sobol' points by default.
 *
 * Memory: the matrices, 8 `columns` bytes a component and replication. Points cost one xor and one
 * conversion a coordinate, nested uniform scrambling some hundred operations more.
 */
export class DigitalNetB2 extends Sequence {
  readonly structure: Structure;
  readonly randomize: NetRandomization;
  readonly order: NetOrder;
  readonly alpha: number;
  /** Digits of a coordinate; the doubles have the first 53 of them. */
  readonly bits: number;
  /** There are 2^columns points. */
  readonly columns: number;
  readonly #plans: readonly NetPlan[];
  readonly #options: DigitalNetB2Options;

  constructor(options: DigitalNetB2Options = {}) {
    const where = new.target.name;
    const checked = checkNetOptions(where, options);
    super(checked.components.length, checked.replications);
    const plans = netPlans(where, checked, options);
    this.randomize = checked.randomize;
    this.order = checked.order;
    this.alpha = checked.alpha;
    this.bits = plans[0]!.bits;
    this.columns = plans[0]!.columns;
    const linear = plans[0]!.scramble === undefined;
    this.structure = linear && this.order === "natural" ? "net" : "other";
    this.#plans = plans;
    this.#options = { ...options };
  }

  /** Checks a range as `points` does; returns it with how each replication's points are made. */
  recipe(options: Pick<PointsOptions, "nMin" | "nMax">): NetRecipe {
    return { ...this.range(options), plans: this.#plans };
  }

  /**
   * Points nMin..nMax-1 as integers of `bits` bits, of which the doubles are the quotients by 2^bits,
   * cut to 53 digits. The same ranges as for `points`.
   */
  binary(options: Pick<PointsOptions, "nMin" | "nMax">): BinaryPointSet {
    const { nMin, nMax } = this.range(options);
    const { replications, dimension, bits } = this;
    const size = (nMax - nMin) * dimension;
    const data = allocate(`${this.label}.binary`, BigUint64Array, replications * size);
    if (size > 0) {
      for (const [r, plan] of this.#plans.entries()) {
        fillNet(plan, nMin, part(data, r, replications));
      }
      const shift = BigInt(64 - bits);
      if (shift > 0n) for (let i = 0; i < data.length; i++) data[i]! >>= shift;
    }
    return { data, bits, replications, n: nMax - nMin, dimension };
  }

  /**
   * The generating matrices as they are after matrix scrambling and interlacing, in natural order:
   * column k of coordinate j in replication r is `columns[r][j][k]`, its first digit the highest of
   * `bits` bits. Of nets whose points are scrambled, the matrices of the `alpha` d components.
   */
  matrices(): { bits: number; columns: BigUint64Array[][] } {
    const bits = this.#plans[0]!.digits;
    const gray = this.order === "gray";
    const columns = this.#plans.map((plan) => matricesOf(plan, gray));
    return { bits, columns };
  }

  /** Explicit scramble matrices and shifts are not passed on. */
  protected override child(dimension: number, index: number): DigitalNetB2 {
    const { scrambleMatrices: _, digitalShifts: __, ...options } = this.#options;
    const Kind = this.constructor as typeof DigitalNetB2;
    const seed = spawnedSeed(options.seed ?? 0, index);
    return new Kind({ ...options, dimension, seed });
  }

  protected override checkRange(nMin: number, nMax: number): void {
    const limit = 2 ** this.columns;
    if (nMax > limit) {
      throw domainError(
        `${this.label}: nMax must be at most 2^${this.columns} = ${limit}, got ${nMax}`,
      );
    }
    const n = nMax - nMin;
    const dyadic = isPower(n) && nMin % Math.max(1, n) === 0;
    if (this.order === "natural" && !dyadic && !(isPower(nMin) && isPower(nMax))) {
      throw domainError(
        `${this.label}: in natural order nMin and nMax must be 0 or powers of two, or nMin a multiple of a power of two nMax - nMin; got nMin ${nMin} and nMax ${nMax}`,
      );
    }
  }

  protected override fill(nMin: number, _nMax: number, out: Float64Array): void {
    for (const [r, plan] of this.#plans.entries()) {
      fillNet(plan, nMin, part(out, r, this.replications));
    }
  }

  protected override fillOnPool(
    nMin: number,
    nMax: number,
    out: Float64Array,
    options: PoolOptions,
  ): Promise<void> {
    return fillNetsOnPool(this.#plans, nMin, nMax, out, options);
  }
}
