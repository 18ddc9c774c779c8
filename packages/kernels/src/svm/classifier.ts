import {
  checkNumbers,
  domainError,
  type Matrix,
  matrix,
  type PoolOptions,
  shapeError,
} from "@daily-kernel/compute";
import type { GramOperator } from "../gram-operators/gram-operator.ts";
import type { Kernel } from "../kernel.ts";
import { checkPositive } from "../standard/check-points.ts";
import { perform, type Steps } from "../standard/steps.ts";
import { type SupportVectorOptions, smoOptions } from "./options.ts";
import { smo } from "./smo.ts";
import { someRows } from "./some-rows.ts";
import { gramOf, KernelExpansion, pointsOf, type TrainingPoints } from "./training-points.ts";

export interface SupportVectorClassifierOptions extends SupportVectorOptions {
  /** C > 0, what a misclassified point costs. Default 1. */
  c?: number | undefined;
  /** Factors of C, one a class in ascending order of the labels. Default 1 each. */
  classWeights?: ArrayLike<number> | undefined;
}

/** One decision function, between two classes. */
export interface PairOfClasses {
  /** The labels: negative values speak for the first, positive ones for the second. */
  classes: readonly [number, number];
  /** sum_i b_i k(x_i, x) + intercept. */
  intercept: number;
  /** The dual objective at its minimum. */
  objective: number;
  iterations: number;
}

type Labels = ArrayLike<number>;

interface Trained {
  classes: Float64Array;
  pairs: PairOfClasses[];
  expansion: KernelExpansion;
}

/**
 * C-support vector classification (Cortes and Vapnik 1995) on any kernel or Gram matrix, one machine
 * for each pair of classes, as in libsvm. Immutable.
 */
export class SupportVectorClassifier {
  /** The labels, ascending. */
  readonly classes: Float64Array;
  /** The pairs (first, second), (first, third) ... in the order of the decision values. */
  readonly pairs: readonly PairOfClasses[];
  readonly #expansion: KernelExpansion;

  private constructor({ classes, pairs, expansion }: Trained) {
    this.classes = classes;
    this.pairs = pairs;
    this.#expansion = expansion;
  }

  /**
   * Fits labels y (n finite numbers, two or more different ones) at the rows of x (n x d). With
   * `{ pool, signal? }` a promise that lets the event loop run.
   *
   * @throws Error `ERR_NUMERIC` if the solver does not converge.
   */
  static fit(
    kernel: Kernel,
    x: Matrix,
    y: Labels,
    options?: SupportVectorClassifierOptions,
  ): SupportVectorClassifier;
  static fit(
    kernel: Kernel,
    x: Matrix,
    y: Labels,
    options: SupportVectorClassifierOptions & PoolOptions,
  ): Promise<SupportVectorClassifier>;
  static fit(
    kernel: Kernel,
    x: Matrix,
    y: Labels,
    options: SupportVectorClassifierOptions & Partial<PoolOptions> = {},
  ): SupportVectorClassifier | Promise<SupportVectorClassifier> {
    const fn = "SupportVectorClassifier.fit";
    return perform(fn, options, function* () {
      const points = yield* pointsOf(fn, kernel, x);
      return new SupportVectorClassifier(yield* train(fn, points, y, options));
    });
  }

  /**
   * Fits labels to a precomputed n x n Gram matrix, or to a Gram operator. A matrix that noise has made
   * indefinite is taken as it is, and the solution is then a stationary point.
   */
  static fitGram(
    gram: Matrix | GramOperator,
    y: Labels,
    options?: SupportVectorClassifierOptions,
  ): SupportVectorClassifier;
  static fitGram(
    gram: Matrix | GramOperator,
    y: Labels,
    options: SupportVectorClassifierOptions & PoolOptions,
  ): Promise<SupportVectorClassifier>;
  static fitGram(
    gram: Matrix | GramOperator,
    y: Labels,
    options: SupportVectorClassifierOptions & Partial<PoolOptions> = {},
  ): SupportVectorClassifier | Promise<SupportVectorClassifier> {
    const fn = "SupportVectorClassifier.fitGram";
    return perform(fn, options, function* () {
      return new SupportVectorClassifier(yield* train(fn, gramOf(fn, gram), y, options));
    });
  }

  /** The indices of the training points with a coefficient. */
  get supportIndices(): Uint32Array {
    return this.#expansion.indices.slice();
  }

  /** The coefficients b, one row a support vector, one column a pair of classes; a copy. */
  get coefficients(): Matrix {
    return this.#expansion.coefficients;
  }

  /**
   * The decision values, p x (number of pairs), at the rows of x (p x d); after `fitGram`, x holds the
   * kernel's values k(x_i, training point j), p x n.
   */
  decisionFunction(x: Matrix): Matrix {
    const values = this.#expansion.at("SupportVectorClassifier.decisionFunction", x);
    const { cols } = values;
    for (let k = 0; k < values.data.length; k++) {
      values.data[k]! += this.pairs[k % cols]!.intercept;
    }
    return values;
  }

  /** The label with most votes of the pairs at each row of x; of equal ones the smallest. */
  predict(x: Matrix): Float64Array {
    const { data, rows, cols } = this.decisionFunction(x);
    return Float64Array.from({ length: rows }, (_, i) => {
      const votes = new Map<number, number>();
      for (let k = 0; k < cols; k++) {
        const [first, second] = this.pairs[k]!.classes;
        const winner = data[i * cols + k]! > 0 ? second : first;
        votes.set(winner, (votes.get(winner) ?? 0) + 1);
      }
      return this.classes.reduce((best, label) =>
        (votes.get(label) ?? 0) > (votes.get(best) ?? 0) ? label : best,
      );
    });
  }
}

function* train(
  fn: string,
  points: TrainingPoints,
  y: Labels,
  options: SupportVectorClassifierOptions & Partial<PoolOptions>,
): Steps<Trained> {
  const solver = smoOptions(fn, options);
  const { n } = points.gram;
  const { classes, members } = classesOf(fn, y, n);
  const c = costs(fn, options, classes.length);
  const pairs: PairOfClasses[] = [];
  const count = (classes.length * (classes.length - 1)) / 2;
  const coefficients = matrix(n, count);
  for (let first = 0; first < classes.length; first++) {
    for (let second = first + 1; second < classes.length; second++) {
      const indices = [...members[first]!, ...members[second]!].sort((a, b) => a - b);
      const positive = indices.map((i) => y[i] === classes[second]);
      const problem = {
        rows: someRows(points.gram, indices),
        low: Float64Array.from(positive, (p) => (p ? 0 : -c[first]!)),
        high: Float64Array.from(positive, (p) => (p ? c[second]! : 0)),
        q: Float64Array.from(positive, (p) => (p ? -1 : 1)),
        start: new Float64Array(indices.length),
      };
      const { b, rho, objective, iterations } = yield* smo(fn, problem, solver);
      for (const [k, i] of indices.entries()) {
        coefficients.data[i * count + pairs.length] = b[k]!;
      }
      const labels = [classes[first]!, classes[second]!] as const;
      pairs.push({ classes: labels, intercept: -rho, objective, iterations });
    }
  }
  return { classes, pairs, expansion: new KernelExpansion(points, coefficients) };
}

/** The labels in ascending order, and which points have each. */
function classesOf(fn: string, y: unknown, n: number) {
  checkNumbers(fn, "y", y);
  if (y.length !== n) {
    throw shapeError(`${fn}: y must hold one label a point, ${n}, got ${y.length}`);
  }
  const members = new Map<number, number[]>();
  for (let i = 0; i < n; i++) {
    const label = y[i]!;
    if (!Number.isFinite(label)) {
      throw domainError(`${fn}: y must be finite, got ${label} at index ${i}`);
    }
    const known = members.get(label);
    if (known) known.push(i);
    else members.set(label, [i]);
  }
  if (members.size < 2) {
    throw domainError(`${fn}: y must hold two labels or more, got only ${y[0]}`);
  }
  const classes = Float64Array.from(members.keys()).sort();
  return { classes, members: Array.from(classes, (label) => members.get(label)!) };
}

/** C of each class. */
function costs(
  fn: string,
  { c = 1, classWeights }: SupportVectorClassifierOptions,
  classes: number,
): Float64Array {
  checkPositive(fn, "c", c);
  if (classWeights === undefined) return new Float64Array(classes).fill(c);
  checkNumbers(fn, "classWeights", classWeights);
  if (classWeights.length !== classes) {
    throw shapeError(
      `${fn}: classWeights must hold one number a class, ${classes}, got ${classWeights.length}`,
    );
  }
  return Float64Array.from({ length: classes }, (_, k) => {
    checkPositive(fn, `classWeights[${k}]`, classWeights[k]);
    return c * classWeights[k]!;
  });
}
