import {
  CubMLMC,
  CubMLQMC,
  CubQMCBayesLatticeG,
  CubQMCBayesNetG,
  CubQMCLatticeG,
  CubQMCNetG,
  CubQMCRepStudentT,
  IIDStdUniform,
  type Integration,
  Ishigami,
  Keister,
  Lattice,
  MultilevelOption,
  SensitivityIndices,
  Sobol,
} from "@daily-kernel/qmc";

export interface RunOptions {
  signal: AbortSignal;
}

/** Integrates Keister's function in three dimensions from a seed. */
export type Rule = (
  seed: number,
  absTol: number,
  options: RunOptions,
) => Promise<Pick<Integration, "solution" | "n">>;

const dimension = 3;

export const rules: Readonly<Record<string, Rule>> = {
  "guaranteed, lattice": (seed, absTol, options) =>
    new CubQMCLatticeG(new Keister(new Lattice({ dimension, seed })), { absTol }).integrate(
      options,
    ),
  "guaranteed, net": (seed, absTol, options) =>
    new CubQMCNetG(new Keister(new Sobol({ dimension, seed })), { absTol }).integrate(options),
  "Bayesian, lattice": (seed, absTol, options) =>
    new CubQMCBayesLatticeG(new Keister(new Lattice({ dimension, seed })), { absTol }).integrate(
      options,
    ),
  "Bayesian, net": (seed, absTol, options) =>
    new CubQMCBayesNetG(new Keister(new Sobol({ dimension, seed })), { absTol }).integrate(options),
  "16 replications": (seed, absTol, options) =>
    new CubQMCRepStudentT(new Keister(new Sobol({ dimension, seed, replications: 16 })), {
      absTol,
    }).integrate(options),
};

/** How a rule did over its seeds. */
export interface Kept {
  readonly rule: string;
  readonly kept: number;
  readonly seeds: number;
  /** Mean number of points. */
  readonly points: number;
  readonly errors: readonly number[];
}

export async function keepTolerance(
  name: string,
  rule: Rule,
  { absTol, seeds, first }: { absTol: number; seeds: number; first: number },
  breathe: (done: number) => Promise<void>,
  options: RunOptions,
): Promise<Kept> {
  const exact = Keister.exactValue(dimension);
  const errors: number[] = [];
  let points = 0;
  for (let k = 0; k < seeds; k++) {
    await breathe(k / seeds);
    const { solution, n } = await rule(first + k, absTol, options);
    errors.push(Math.abs(solution[0]! - exact));
    points += n / seeds;
  }
  const kept = errors.filter((error) => error <= absTol).length;
  return { rule: name, kept, seeds, points, errors };
}

/** All Sobol' indices of Ishigami's function. */
export type Indices = (seed: number, options: RunOptions) => Promise<Float64Array>;

const subsets = SensitivityIndices.allSubsets(3);
const ishigami = (seed: number, replications: number) =>
  new Ishigami(new Sobol({ dimension: 3, seed, replications }));

export const sensitivityIndices: Indices = async (seed, options) => {
  const integrand = new SensitivityIndices(ishigami(seed, 16), { subsets });
  return (await new CubQMCRepStudentT(integrand, { absTol: 1e-3 }).integrate(options)).solution;
};

/** The same by the guaranteed rule on one net, as a control. */
export const guaranteedIndices: Indices = async (seed, options) => {
  const integrand = new SensitivityIndices(ishigami(seed, 1), { subsets });
  return (await new CubQMCNetG(integrand, { absTol: 1e-3 }).integrate(options)).solution;
};

/** The largest error over the closed and total indices of all six subsets. */
export function indexError(indices: Float64Array): number {
  const exact = ishigami(0, 2);
  return subsets.reduce((worst, subset, k) => {
    const { closed, total } = exact.exactIndices(subset);
    const errors = [indices[k]! - closed, indices[subsets.length + k]! - total];
    return Math.max(worst, ...errors.map(Math.abs));
  }, 0);
}

/** Prices an Asian option; its answer and the cost, in steps of paths. */
export type Multilevel = (
  seed: number,
  absTol: number,
  options: RunOptions,
) => Promise<{ price: number; cost: number }>;

const option = { option: "asian", asianMean: "arithmetic", coarsestDimension: 2 } as const;

async function priced(
  rule: CubMLMC | CubMLQMC,
  replications: number,
  options: RunOptions,
): Promise<{ price: number; cost: number }> {
  const { solution, state } = await rule.integrate(options);
  const { sums, moments } = state().data as { sums?: { n: number }[]; moments?: { n: number }[] };
  const cost = (sums ?? moments)!.reduce(
    (total, { n }, level) => total + n * replications * 2 ** (level + 1),
    0,
  );
  return { price: solution[0]!, cost };
}

export const multilevelQmc: Multilevel = (seed, absTol, options) => {
  const sampler = new Sobol({ dimension: 2, seed, replications: 32 });
  return priced(new CubMLQMC(new MultilevelOption(sampler, option), { absTol }), 32, options);
};

export const multilevelMc: Multilevel = (seed, absTol, options) => {
  const sampler = new IIDStdUniform({ dimension: 2, seed });
  return priced(new CubMLMC(new MultilevelOption(sampler, option), { absTol }), 1, options);
};
