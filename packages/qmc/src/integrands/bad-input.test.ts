import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix } from "@daily-kernel/compute";
import { Uniform } from "../measures/uniform.ts";
import { Sobol } from "../sequences/sobol.ts";
import {
  AmericanOption,
  BayesianLRCoeffs,
  BoxIntegral,
  CustomFun,
  FinancialOption,
  Genz,
  Hartmann6d,
  Ishigami,
  Keister,
  MLCallOptions,
  MultilevelOption,
} from "./index.ts";

const sobol = (dimension: number) => new Sobol({ dimension });
const unchecked = (value: unknown) => value as never;

const refused: Record<string, () => unknown> = {
  "Ishigami in 2 dimensions": () => new Ishigami(sobol(2)),
  "Hartmann in 3": () => new Hartmann6d(sobol(3)),
  "an unknown Genz function": () => new Genz(sobol(2), { kind: unchecked("peak") }),
  "unknown Genz coefficients": () => new Genz(sobol(2), { coefficients: unchecked(4) }),
  "no exponents": () => new BoxIntegral(sobol(2), { s: [] }),
  "a NaN exponent": () => new BoxIntegral(sobol(2), { s: [Number.NaN] }),
  "an unknown option": () => new FinancialOption(sobol(2), { option: unchecked("bermudan") }),
  "a negative volatility": () => new FinancialOption(sobol(2), { volatility: -1 }),
  "a level that does not fit": () => new MultilevelOption(sobol(3), { level: 1 }),
  "a Milstein level that does not fit": () => new MLCallOptions(sobol(3), { level: 1 }),
  "a NaN price": () => new AmericanOption(sobol(2), { startPrice: Number.NaN }),
  "responses other than 0 and 1": () =>
    new BayesianLRCoeffs(sobol(2), { features: matrix(1, 1, [1]), responses: [2] }),
  "features that do not fit": () =>
    new BayesianLRCoeffs(sobol(2), { features: matrix(1, 3), responses: [1] }),
  "half an output": () => new CustomFun(new Uniform(sobol(1)), (x) => x, { outputs: 0.5 }),
  "a combination without its function": () =>
    new CustomFun(new Uniform(sobol(1)), (x) => x, { outputs: 2, combinedOutputs: 1 }),
};
for (const [name, make] of Object.entries(refused)) {
  test(`refused: ${name}`, () =>
    assert.throws(make, { code: /ERR_(DOMAIN|SHAPE)/, message: /got|need|must/ }));
}

test("a function that gives NaN, or the wrong number of values, is named", async () => {
  const u = Float64Array.of(0.25, 0.75);
  const nan = new CustomFun(new Uniform(sobol(1)), (x) => x.map((v) => (v > 0.5 ? Number.NaN : v)));
  await assert.rejects(nan.f(u, 2), { code: "ERR_NUMERIC", message: /point 1 is NaN/ });
  const short = new CustomFun(new Uniform(sobol(1)), () => new Float64Array(1));
  await assert.rejects(short.f(u, 2), { code: "ERR_SHAPE", message: /2 x 1/ });
  const list = new CustomFun(
    new Uniform(sobol(1)),
    unchecked(() => [1, 2]),
  );
  await assert.rejects(list.f(u, 2), { code: "ERR_TYPE" });
});

test("an unknown periodization is refused", async () => {
  const keister = new Keister(sobol(1));
  await assert.rejects(keister.f(Float64Array.of(0.5), 1, { periodization: unchecked("C9") }), {
    code: "ERR_DOMAIN",
    message: /none, baker/,
  });
});
