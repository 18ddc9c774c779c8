import {
  checkType,
  domainError,
  type Matrix,
  matrix,
  numericError,
  Rng,
} from "@daily-kernel/compute";
import { checkCount, checkRange, checkVector } from "../checks.ts";
import { type ComplexMatrix, unitarityError } from "../circuits/complex-matrix.ts";
import type { QuantumFeatureMap } from "../feature-maps/feature-circuit.ts";
import { applyOperation } from "../simulator/apply-gate.ts";
import { expectation } from "../simulator/pauli.ts";
import { haarUnitary } from "./haar-unitary.ts";

/** Points as rows, and their labels -1 and 1. */
export interface Labelled {
  readonly x: Matrix;
  readonly y: Int8Array;
}

export interface AdHocDataOptions {
  /** The feature map that the labels come from. */
  map: QuantumFeatureMap;
  /** Points of each label to train with, and to test with. */
  train: number;
  test: number;
  seed: number | bigint | Rng;
  /** Points with a margin smaller than this are dropped. Default 0.3. */
  gap?: number | undefined;
  /** V: 2^qubits rows; drawn by Haar's measure by default. */
  unitary?: ComplexMatrix | undefined;
}

/** As many points in a row may be dropped. */
const PATIENCE = 100_000;

/**
 * Data that a feature map separates by construction (Havlicek et al. 2019): x uniform in
 * [0, 2 pi)^qubits, label the sign of m = <phi(x)| V^+ F V |phi(x)> with F the parity of all qubits, and
 * points with |m| <= gap dropped. Half of the points have either label, -1 first.
 *
 * @throws Error `ERR_NUMERIC` where 100,000 points in a row fall into the gap.
 */
export function adHocData(options: AdHocDataOptions): {
  train: Labelled;
  test: Labelled;
  unitary: ComplexMatrix;
} {
  const fn = "adHocData";
  checkType(typeof options === "object" && options !== null, fn, "options", "an object", options);
  const { map, train, test, seed, gap = 0.3 } = options;
  checkType(typeof map?.state === "function", fn, "options.map", "a quantum feature map", map);
  checkCount(fn, "options.train", train, 1);
  checkCount(fn, "options.test", test, 0);
  checkRange(fn, "options.gap", gap, 0, 1);
  const rng = seed instanceof Rng ? seed : new Rng(seed);
  const n = 2 ** map.qubits;
  const unitary = options.unitary ?? haarUnitary(n, rng);
  checkVector(fn, "options.unitary", unitary, 2 * n * n);
  const error = unitarityError(unitary);
  if (error > 1e-9)
    throw domainError(`${fn}: options.unitary must be unitary, |U U^+ - 1| is ${error}`);
  const wanted = train + test;
  const found = { "-1": [] as Float64Array[], "1": [] as Float64Array[] };
  const operation = {
    controls: [],
    targets: Array.from({ length: map.qubits }, (_, q) => q),
    matrix: unitary,
  };
  for (let misses = 0; found["-1"].length < wanted || found["1"].length < wanted; ) {
    const x = rng.fillUniform(new Float64Array(map.dimension)).map((u) => 2 * Math.PI * u);
    const state = map.state(x);
    applyOperation(state.re, state.im, map.qubits, operation);
    const margin = expectation(state, "Z".repeat(map.qubits));
    const side = found[margin > 0 ? "1" : "-1"];
    if (Math.abs(margin) > gap && side.length < wanted) {
      side.push(x);
      misses = 0;
    } else if (++misses > PATIENCE) {
      throw numericError(`${fn}: ${PATIENCE} points in a row have no margin of ${gap}`);
    }
  }
  const part = (from: number, to: number): Labelled => {
    const points = [...found["-1"].slice(from, to), ...found["1"].slice(from, to)];
    const x = matrix(points.length, map.dimension);
    for (const [i, point] of points.entries()) x.data.set(point, i * map.dimension);
    return { x, y: Int8Array.from(points, (_, i) => (i < points.length / 2 ? -1 : 1)) };
  };
  return { train: part(0, train), test: part(train, wanted), unitary };
}
