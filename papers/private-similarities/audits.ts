import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import {
  auditEpsilon,
  noNoise,
  type PrivacyOptions,
  PrivateClassifier,
  PrivateKernelSum,
  PrivateL1,
  PrivateSquaredL2,
} from "@daily-kernel/privacy";

/** How the auditor sets up the structures; a wrong one would break the promise made for `epsilon`. */
export type Promised = (options: PrivacyOptions) => PrivacyOptions;

/** Groups of published numbers, each with the standard deviation of its noise. */
type Published = readonly { readonly values: readonly number[]; readonly std: number }[];

interface Case {
  readonly name: string;
  readonly adjacency: PrivacyOptions["adjacency"];
  /** Publishes the first or the second of two neighbouring data sets. */
  readonly publish: (options: PrivacyOptions, second: boolean) => Promise<Published>;
}

const none = (d: number): Matrix => matrix(0, d);
const one = (...x: readonly number[]): Matrix => matrix(1, x.length, x);

function distances(
  name: string,
  adjacency: Case["adjacency"],
  estimator: "shells" | "offsets",
): Case {
  const neighbours = [one(0, 0), adjacency === "substitute" ? one(1, 1) : none(2)];
  return {
    name,
    adjacency,
    async publish(options, second) {
      const shape = { dimension: 2, range: [0, 1], levels: 2, estimator } as const;
      const release = await new PrivateL1({ ...options, ...shape }).fit(neighbours[+second]!);
      const { counts, offsets, variances } = release.toJSON();
      return [
        { values: counts, std: Math.sqrt(variances[0]) },
        { values: offsets, std: Math.sqrt(variances[1]) },
      ];
    },
  };
}

function squares(name: string, adjacency: Case["adjacency"]): Case {
  const neighbours = [one(0.6, 0.8), adjacency === "substitute" ? one(-0.6, -0.8) : none(2)];
  return {
    name,
    adjacency,
    async publish(options, second) {
      const structure = new PrivateSquaredL2({ ...options, dimension: 2, radius: 1 });
      const { sum, squares, count, variances } = (
        await structure.fit(neighbours[+second]!)
      ).toJSON();
      return [
        { values: sum, std: Math.sqrt(variances[0]) },
        { values: [squares], std: Math.sqrt(variances[1]) },
        { values: [count], std: Math.sqrt(variances[2]) },
      ];
    },
  };
}

const features = { dimension: 1, kernel: "gaussian", sigma: 1, features: 2 } as const;
/** The frequency of the one pair of features, from the features of a point near 0. */
async function oppositePoints(): Promise<[Matrix, Matrix]> {
  const bare = { ...features, epsilon: 1, adjacency: "add-remove", noise: noNoise } as const;
  const [, sine] = (await new PrivateKernelSum(bare).fit(one(1e-3))).toJSON().sum;
  const frequency = Math.asin(sine!) / 1e-3;
  return [one(Math.PI / 4 / frequency), one((Math.PI * 5) / 4 / frequency)];
}

function kernelSum(
  name: string,
  adjacency: Case["adjacency"],
  [x, opposite]: [Matrix, Matrix],
): Case {
  return {
    name,
    adjacency,
    async publish(options, second) {
      const records = second ? (adjacency === "substitute" ? opposite : none(1)) : x;
      const release = await new PrivateKernelSum({ ...options, ...features }).fit(records);
      const { sum, variance } = release.toJSON();
      return [{ values: sum, std: Math.sqrt(variance) }];
    },
  };
}

/** A record that changes its class. */
function classifier([x]: [Matrix, Matrix]): Case {
  const rows = matrix(3, 1, [x.data[0]!, x.data[0]!, x.data[0]!]);
  return {
    name: "classifier, another class",
    adjacency: "substitute",
    async publish(options, second) {
      const shape = { ...features, classes: 2, classSizes: "public" } as const;
      const labels = [0, 1, second ? 1 : 0];
      const release = await new PrivateClassifier({ ...options, ...shape }).fit(rows, labels);
      return release.toJSON().sums.map((values) => ({ values, std: 1 }));
    },
  };
}

/** log-likelihood ratio of Laplace noise about the one data set's numbers or the other's. */
function score(z: Published, first: Published, second: Published): number {
  let sum = 0;
  for (const [g, { values, std }] of z.entries()) {
    if (std === 0) continue;
    for (const [i, value] of values.entries()) {
      const [a, b] = [first[g]!.values[i]!, second[g]!.values[i]!];
      sum += (Math.abs(value - b) - Math.abs(value - a)) / std;
    }
  }
  return sum;
}

export interface Audited {
  readonly name: string;
  /** Lower bound of the privacy loss, over the declared epsilon. */
  readonly ratio: number;
}

/** Audits worst-case neighbours of each structure: the largest lower bound of each. */
export async function auditAll(
  promise: Promised,
  { epsilon, trials, rng }: { epsilon: number; trials: number; rng: Rng },
  breathe: (done: number) => Promise<void>,
): Promise<Audited[]> {
  const points = await oppositePoints();
  const cases = [
    distances("l1 shells, add or remove", "add-remove", "shells"),
    distances("l1 shells, substitute", "substitute", "shells"),
    distances("l1 offsets, substitute", "substitute", "offsets"),
    squares("squared l2, add or remove", "add-remove"),
    squares("squared l2, substitute", "substitute"),
    kernelSum("kernel sum, add or remove", "add-remove", points),
    kernelSum("kernel sum, substitute", "substitute", points),
    classifier(points),
  ];
  const audited: Audited[] = [];
  for (const [i, { name, adjacency, publish }] of cases.entries()) {
    const declared = { epsilon, adjacency };
    const bare = { epsilon, adjacency, noise: noNoise };
    const exact = await Promise.all([publish(bare, false), publish(bare, true)]);
    const options = promise({ ...declared, unsafeRng: rng.spawn(name) });
    const run = (second: boolean) => async () =>
      score(await publish(options, second), exact[0], exact[1]);
    const found = await auditEpsilon(run(false), run(true), { trials, confidence: 0.9999 });
    audited.push({ name, ratio: found.epsilon / epsilon });
    await breathe((i + 1) / cases.length);
  }
  return audited;
}
