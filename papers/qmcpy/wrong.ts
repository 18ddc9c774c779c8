/**
 * Named wrong implementations: the tests put them in the place of ours and see a claim fail.
 */

import { Rng } from "@daily-kernel/compute";
import { type DigitalShiftInvariantKernel, fwht32 } from "@daily-kernel/kernels";
import {
  CubQMCNetG,
  FinancialOption,
  IIDStdUniform,
  Keister,
  type LatticeOptions,
  Sobol,
  type SobolOptions,
} from "@daily-kernel/qmc";
import type { OnGpu } from "./gpu.ts";
import type { FitProcess } from "./gram.ts";
import type { Multilevel } from "./rules.ts";
import { walshSeries } from "./walsh.ts";

/** Direction numbers with one bit wrong, in one dimension. */
export function oneWrongBit(options: SobolOptions) {
  const net = new Sobol(options);
  return {
    points: net.points.bind(net),
    binary(range: { nMin?: number; nMax: number }) {
      const { data, bits } = net.binary(range);
      if (data.length > 12_345) data[12_345]! ^= 1n << BigInt(bits - 20);
      return { data, bits };
    },
  };
}

/** A digital shift where a scramble was asked for. */
export const shiftOnly = (options: SobolOptions) =>
  new Sobol({ ...options, randomize: options.randomize === "none" ? "none" : "DS" });

/** Interlacing of one component less. */
export const underInterlaced = (options: SobolOptions) =>
  new Sobol({ ...options, alpha: Math.max(1, (options.alpha ?? 1) - 1) });

/** Independent points under another name. */
export const independent = ({ dimension, replications, seed }: LatticeOptions) =>
  new IIDStdUniform({
    dimension: dimension ?? 1,
    replications: replications ?? 1,
    seed: seed ?? 0,
  });

/** The same, with the digits of a net. */
export function independentNet({ dimension, replications, seed }: SobolOptions) {
  const points = independent({
    dimension: dimension ?? 1,
    replications: replications ?? 1,
    seed: seed ?? 0,
  });
  return {
    points: points.points.bind(points),
    binary(range: { nMin?: number; nMax: number }) {
      const { data } = points.points(range);
      return { data: BigUint64Array.from(data, (x) => BigInt(Math.floor(x * 2 ** 32))), bits: 32 };
    },
  };
}

/** A nested scramble that forgets the path: every digit of every point gets a bit of its own. */
export function forgetfulScramble(options: SobolOptions) {
  const net = new Sobol({ ...options, randomize: "none", replications: 1 });
  const rng = new Rng(7);
  return {
    binary: net.binary.bind(net),
    points(range: { nMin?: number; nMax: number }) {
      const set = net.points(range);
      const replications = options.replications ?? 1;
      const data = Float64Array.from({ length: replications * set.data.length }, (_, k) => {
        const word = set.data[k % set.data.length]! * 2 ** 32;
        return ((word ^ rng.uint32()) >>> 0) / 2 ** 32;
      });
      return { ...set, replications, data };
    },
  };
}

/** The kernel of order 4 without the last term of its closed form, which it is new for. */
export const withoutLastTerm = (order: number, x: number): number =>
  walshSeries(order, x) + (order === 4 ? 1 / 42 : 0);

/** Points with a nested scramble, whose matrix is not the fast one: its first column misleads. */
export function firstColumnOnly(
  _kind: string,
  kernel: Pick<DigitalShiftInvariantKernel, "gram">,
  points: Parameters<DigitalShiftInvariantKernel["gram"]>[0],
) {
  const column = kernel.gram(points, points).data;
  return (y: Float64Array) => y.map((_, i) => column[i * points.rows]! * y[0]!);
}

/** A rule that believes the first points it takes. */
export async function credulous(seed: number) {
  const keister = new Keister(new Sobol({ dimension: 3, seed }));
  return new CubQMCNetG(keister, { nInit: 256, fudge: () => 0 }).integrate();
}

/** Closed indices in the place of total ones, and the other way round. */
export const exchanged =
  <Arguments extends unknown[]>(indices: (...args: Arguments) => Promise<Float64Array>) =>
  async (...args: Arguments) => {
    const right = await indices(...args);
    const half = right.length / 2;
    return Float64Array.of(...right.subarray(half), ...right.subarray(0, half));
  };

/** A process that predicts the mean of the values wherever it is asked. */
export const constantProcess: FitProcess = async (_kernel, _points, y) => {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  return {
    predict: (x) => ({
      mean: new Float64Array(x.rows).fill(mean),
      variance: new Float64Array(x.rows),
    }),
  };
};

/** A multilevel rule that stops at level 0: cheap, and biased. */
export const coarsestLevelOnly: Multilevel = async (seed) => {
  const option = new FinancialOption(new Sobol({ dimension: 2, seed }), { option: "asian" });
  const { solution, n } = await new CubQMCNetG(option, { absTol: 5e-3 }).integrate();
  return { price: solution[0]!, cost: 2 * n };
};

/** Points that differ from the CPU's in the last bit of one coordinate. */
export const oneBitOnGpu: OnGpu = {
  points: async (net, { nMax }) => {
    const set = net.points({ nMax });
    set.data[77]! += Number.EPSILON;
    return set;
  },
  transform: async (_device, y) => fwht32(y),
};
