import {
  AmericanOption,
  CubMCCLT,
  CubMCCLTVec,
  CubMCG,
  CubMLMC,
  CubMLMCCont,
  CubMLQMC,
  CubMLQMCCont,
  CubQMCBayesLatticeG,
  CubQMCBayesNetG,
  CubQMCLatticeG,
  CubQMCNetG,
  CubQMCRepStudentT,
  CustomFun,
  FinancialOption,
  FourBranch2d,
  formatLog,
  IIDStdUniform,
  Keister,
  Lattice,
  MLCallOptions,
  mlmcTest,
  PFGPCI,
  PFSampleErrorDensityAR,
  ratios,
  Sobol,
  type StoppingCriterion,
  type Suggester,
  SuggesterSimple,
  Uniform,
} from "../src/index.ts";
import { equals, type Family, type Feature, holds } from "./feature.ts";

const net = new Sobol({ dimension: 2, seed: 5 });
const replicated = (dimension: number) => new Sobol({ dimension, seed: 5, replications: 16 });
const independent = (dimension: number) => new IIDStdUniform({ dimension, seed: 5 });
const exact = Keister.exactValue(2);

const rule = (
  there: string,
  made: StoppingCriterion,
  expected: number,
  absTol: number,
): Feature => ({
  there,
  here: made.name,
  run: async () => equals((await made.integrate()).solution[0]!, expected, absTol / expected),
});

/** A probability of failure with the points of a suggester. */
const suggested = async (suggester: Suggester) => {
  const options = { absTol: 0.05, nLimit: 160, nApprox: 2 ** 12 };
  const { solution } = await new PFGPCI(new FourBranch2d(net), {
    ...options,
    suggester,
  }).integrate();
  return holds(solution[0]! > 0.05 && solution[0]! < 0.95);
};

export const rules: Family = {
  family: "stopping rules",
  features: [
    rule("CubMCCLT", new CubMCCLT(new Keister(independent(2)), { absTol: 0.1 }), exact, 0.1),
    rule("CubMCCLTVec", new CubMCCLTVec(new Keister(independent(2)), { absTol: 0.1 }), exact, 0.1),
    rule("CubMCG", new CubMCG(new Keister(independent(2)), { absTol: 0.1 }), exact, 0.1),
    rule(
      "CubQMCRepStudentT = CubQMCCLT",
      new CubQMCRepStudentT(new Keister(replicated(2))),
      exact,
      0.01,
    ),
    rule(
      "CubQMCLatticeG",
      new CubQMCLatticeG(new Keister(new Lattice({ dimension: 2 }))),
      exact,
      0.01,
    ),
    rule("CubQMCNetG = CubQMCSobolG", new CubQMCNetG(new Keister(net)), exact, 0.01),
    rule(
      "CubQMCBayesLatticeG",
      new CubQMCBayesLatticeG(new Keister(new Lattice({ dimension: 2 }))),
      exact,
      0.01,
    ),
    rule("CubQMCBayesNetG", new CubQMCBayesNetG(new Keister(net)), exact, 0.01),
    rule("CubMLMC", new CubMLMC(new MLCallOptions(independent(1)), { absTol: 0.3 }), 10.45, 0.3),
    rule(
      "CubMLMCCont",
      new CubMLMCCont(new MLCallOptions(independent(1)), { absTol: 0.3 }),
      10.45,
      0.3,
    ),
    rule("CubMLQMC", new CubMLQMC(new MLCallOptions(replicated(1)), { absTol: 0.1 }), 10.45, 0.1),
    rule(
      "CubMLQMCCont",
      new CubMLQMCCont(new MLCallOptions(replicated(1)), { absTol: 0.1 }),
      10.45,
      0.1,
    ),
    {
      there: "PFGPCI",
      here: "PFGPCI",
      run: async () => {
        const { solution } = await new PFGPCI(new FourBranch2d(net), {
          absTol: 0.05,
          nLimit: 200,
          nApprox: 2 ** 12,
        }).integrate();
        return holds(solution[0]! > 0.05 && solution[0]! < 0.95);
      },
    },
    {
      there: "PFSampleErrorDensityAR",
      here: "PFSampleErrorDensityAR",
      run: () => suggested(new PFSampleErrorDensityAR()),
    },
    {
      there: "SuggesterSimple",
      here: "SuggesterSimple",
      run: () => suggested(new SuggesterSimple(new Lattice({ dimension: 2 }))),
    },
    {
      there: "CubQMCAmericanG (in its tree)",
      here: "CubQMCNetG over AmericanOption",
      run: async () => {
        const option = new AmericanOption(new Sobol({ dimension: 8, seed: 5 }));
        const { solution } = await new CubQMCNetG(option, { absTol: 0.05 }).integrate();
        return holds(solution[0]! > 7 && solution[0]! < 10);
      },
    },
    {
      there: "vectorised integrands, error of combinations",
      here: "outputs, combine, ratios",
      run: async () => {
        const g = (x: Float64Array, n: number) =>
          Float64Array.from({ length: 2 * n }, (_, k) =>
            k % 2 === 0 ? x[k >> 1]! : 1 + x[k >> 1]!,
          );
        const measure = new Uniform(new Sobol({ dimension: 1, seed: 5 }));
        const ratio = new CustomFun(measure, g, {
          outputs: 2,
          combinedOutputs: 1,
          combine: ratios,
        });
        const { solution } = await new CubQMCNetG(ratio, { absTol: 1e-3 }).integrate();
        return equals(solution[0]!, 1 / 3, 3e-3);
      },
    },
    {
      there: "control variates",
      here: "{ controlVariates }",
      run: async () => {
        const asian = new FinancialOption(net);
        const european = new FinancialOption(net, { option: "european" });
        const { converged } = await new CubQMCNetG(asian, {
          controlVariates: [european],
          controlVariateMeans: [european.exactValue()],
        }).integrate();
        return holds(converged);
      },
    },
    {
      there: "resume",
      here: "{ resume: state() }",
      run: async () => {
        const loose = await new CubQMCNetG(new Keister(net)).integrate();
        const tight = new CubQMCNetG(new Keister(net), { absTol: 1e-4 });
        return holds((await tight.integrate({ resume: loose.state() })).n > loose.n);
      },
    },
    {
      there: "iteration log",
      here: "formatLog",
      run: async () =>
        holds(formatLog(await new CubQMCNetG(new Keister(net)).integrate()).includes("solution")),
    },
    {
      there: "mlmc_test",
      here: "mlmcTest",
      run: async () => {
        const base = new MLCallOptions(independent(1));
        const { beta } = await mlmcTest(base, { n: 2000, levels: 4, tolerances: [0.1] });
        return holds(beta > 1);
      },
    },
  ],
};
