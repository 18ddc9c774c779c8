import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { matrix } from "@daily-kernel/compute";
import {
  AmericanOption,
  BayesianLRCoeffs,
  BoxIntegral,
  CubQMCNetG,
  CustomFun,
  FinancialOption,
  type FinancialOptionOptions,
  FourBranch2d,
  Genz,
  Hartmann6d,
  type Integrand,
  Ishigami,
  Keister,
  Linear0,
  MLCallOptions,
  MultilevelOption,
  Multimodal2d,
  SensitivityIndices,
  Sin1d,
  Sobol,
  UMBridge,
  Uniform,
} from "../src/index.ts";
import { equals, type Family, type Feature, holds } from "./feature.ts";

const sobol = (dimension: number) => new Sobol({ dimension, seed: 11 });

/** An integral from 4,096 points, output `k`. */
async function average(integrand: Integrand, k = 0): Promise<number> {
  const n = 4096;
  const values = await integrand.f(integrand.sequence.points({ nMax: n }).data, n);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i * integrand.outputs + k]!;
  return sum / n;
}

const integral = (
  there: string,
  integrand: Integrand,
  expected: number,
  within = 0.02,
): Feature => ({
  there,
  here: integrand.constructor.name,
  run: async () => equals(await average(integrand), expected, within),
});

const option = (there: string, options: FinancialOptionOptions, expected: number): Feature => ({
  ...integral(there, new FinancialOption(sobol(8), options), expected, 0.05),
  here: `FinancialOption "${options.option}"`,
});

const european = new FinancialOption(sobol(8), { option: "european" });
const geometric = new FinancialOption(sobol(8), { asianMean: "geometric", asianRule: "right" });
const milstein = (
  kind: "european" | "asian" | "lookback" | "digital" | "barrier",
  price: number,
) => {
  const dimension = kind === "asian" || kind === "lookback" ? 16 : 8;
  return {
    there: `MLCallOptions ${kind}`,
    here: `MLCallOptions "${kind}"`,
    run: async () =>
      equals(
        await average(new MLCallOptions(sobol(dimension), { option: kind, level: 3 }), 1),
        price,
        0.03,
      ),
  };
};

export const integrands: Family = {
  family: "integrands",
  features: [
    integral("Keister", new Keister(sobol(3)), Keister.exactValue(3)),
    ...(["oscillatory", "corner-peak"] as const).flatMap((kind) =>
      ([1, 2, 3] as const).map((coefficients) => {
        const genz = new Genz(sobol(3), { kind, coefficients });
        return {
          ...integral(`Genz ${kind} ${coefficients}`, genz, genz.exactValue()),
          here: `Genz "${kind}", ${coefficients}`,
        };
      }),
    ),
    integral("BoxIntegral", new BoxIntegral(sobol(3), { s: [2] }), 1),
    {
      ...integral("Linear0", new Linear0(sobol(3)), 0),
      run: async () => holds(Math.abs(await average(new Linear0(sobol(3)))) < 1e-3),
    },
    integral("Ishigami", new Ishigami(sobol(3)), 3.5),
    integral("CustomFun", new CustomFun(new Uniform(sobol(1)), (x) => x.map((u) => 3 * u * u)), 1),
    option("AsianOption (arithmetic)", { option: "asian" }, 1.76),
    {
      ...integral("AsianOption (geometric)", geometric, geometric.exactValue()),
      here: 'FinancialOption "asian"',
    },
    {
      ...integral("EuropeanOption", european, european.exactValue()),
      here: 'FinancialOption "european"',
    },
    option("BarrierOption", { option: "barrier" }, 4.17),
    option("LookbackOption", { option: "lookback" }, 8.4),
    option("DigitalOption", { option: "digital" }, 2.88),
    {
      there: "AmericanOption",
      here: "AmericanOption",
      run: async () =>
        equals(
          await average(
            new AmericanOption(sobol(50), {
              startPrice: 36,
              strikePrice: 40,
              volatility: 0.2,
              interestRate: 0.06,
            }),
          ),
          4.478,
          0.02,
        ),
    },
    {
      there: "FinancialOption with levels",
      here: "MultilevelOption",
      run: async () => {
        const level = new MultilevelOption(sobol(2), { coarsestDimension: 2 }).at(1);
        return equals(
          await average(level, 1),
          await average(new FinancialOption(sobol(4)), 0),
          0.02,
        );
      },
    },
    milstein("european", 10.45),
    milstein("asian", 5.76),
    milstein("lookback", 17.22),
    milstein("digital", 53.23),
    milstein("barrier", 9.945),
    {
      there: "SensitivityIndices = SobolIndices",
      here: "SensitivityIndices",
      run: async () => {
        const indices = new SensitivityIndices(new Ishigami(sobol(3)));
        const { solution } = await new CubQMCNetG(indices, { absTol: 0.02 }).integrate();
        return holds(Math.abs(solution[1]! - 0.4424) < 0.02);
      },
    },
    {
      there: "BayesianLRCoeffs",
      here: "BayesianLRCoeffs",
      run: async () => {
        const features = matrix(4, 1, [-2, -1, 1, 2]);
        const regression = new BayesianLRCoeffs(sobol(2), { features, responses: [0, 0, 1, 1] });
        const { solution } = await new CubQMCNetG(regression, { absTol: 0.2 }).integrate();
        return holds(solution[0]! > 1 && Math.abs(solution[1]!) < 0.3);
      },
    },
    integral("Hartmann6d", new Hartmann6d(sobol(6)), -0.259, 0.05),
    integral("FourBranch2d", new FourBranch2d(sobol(2)), -2.5),
    integral("Multimodal2d", new Multimodal2d(sobol(2)), -0.79, 0.1),
    {
      there: "Sin1d",
      here: "Sin1d",
      run: async () => holds(Math.abs(await average(new Sin1d(sobol(1)))) < 1e-3),
    },
    {
      there: "UMBridgeWrapper",
      here: "UMBridge (an HTTP client)",
      run: async () => {
        const server = createServer(async (request, response) => {
          let text = "";
          for await (const chunk of request) text += chunk;
          const { input } = JSON.parse(text) as { input?: number[][] };
          const answers: Record<string, unknown> = {
            "/ModelInfo": { support: { Evaluate: true } },
            "/InputSizes": { inputSizes: [1] },
            "/OutputSizes": { outputSizes: [1] },
            "/Evaluate": { output: [[2 * (input?.[0]?.[0] ?? 0)]] },
          };
          response.end(JSON.stringify(answers[request.url!]));
        });
        await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
        try {
          const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
          const model = await UMBridge.connect(new Uniform(sobol(1)), url, { model: "twice" });
          return equals((await model.f(Float64Array.of(0.25), 1))[0]!, 0.5);
        } finally {
          server.closeAllConnections();
          server.close();
        }
      },
    },
    ...(["baker", "C0", "C1", "C1sin", "C2sin", "C3sin"] as const).map((periodization) => ({
      there: `periodization ${periodization.toUpperCase()}`,
      here: `"${periodization}"`,
      run: async () => {
        const f = new CustomFun(new Uniform(sobol(1)), (x) => x.map((u) => 3 * u * u));
        const n = 4096;
        const values = await f.f(f.sequence.points({ nMax: n }).data, n, { periodization });
        return equals(values.reduce((sum, v) => sum + v, 0) / n, 1, 1e-3);
      },
    })),
  ],
};
