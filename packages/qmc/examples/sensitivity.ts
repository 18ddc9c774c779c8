/**
 * Which inputs of a model matter: closed and total Sobol' indices of Ishigami's function to 1e-3, with
 * bounds: `node packages/qmc/examples/sensitivity.ts`.
 */
import { CubQMCRepStudentT, Ishigami, SensitivityIndices, Sobol } from "@daily-kernel/qmc";

const model = new Ishigami(new Sobol({ dimension: 3, seed: 7, replications: 16 }));
const subsets = SensitivityIndices.allSubsets(3);
const indices = new SensitivityIndices(model, { subsets });
const { solution, bounds, n } = await new CubQMCRepStudentT(indices, { absTol: 1e-3 }).integrate({
  onProgress: ({ n, met }) =>
    console.log(`${n} points: ${met.filter((done) => done === 1).length} of ${met.length} known`),
});

console.log(`\ninputs    closed (exact)       total (exact)        from ${n} points`);
for (const [k, subset] of subsets.entries()) {
  const exact = model.exactIndices(subset);
  const cell = (at: number, truth: number) => {
    const half = (bounds.upper[at]! - bounds.lower[at]!) / 2;
    return `${solution[at]!.toFixed(4)} ± ${half.toFixed(4)} (${truth.toFixed(4)})`;
  };
  const names = subset.map((j) => `x${j + 1}`).join(" ");
  console.log(
    `${names.padEnd(7)} ${cell(k, exact.closed)}  ${cell(subsets.length + k, exact.total)}`,
  );
}
