/**
 * Worst-case errors of the default lattice vector divided by those of another:
 * `node packages/qmc/scripts/compare-lattice-vectors.ts other.json`, where the file holds
 * `{ "vector": [1, ...] }`. Below 1 ours is better.
 */
import { readFileSync } from "node:fs";
import type { CbcWeights } from "../src/construction/cbc-weights.ts";
import { defaultLatticeVector } from "../src/construction/default-lattice-vector.ts";
import { latticeWorstCaseErrors } from "../src/construction/lattice-worst-case-errors.ts";

const criteria: Record<string, CbcWeights> = {
  "product 0.1/j": { product: (j) => 0.1 / j },
  "product 1/j^2": { product: (j) => 1 / (j * j) },
  "product 1/j": { product: (j) => 1 / j },
  "product 0.9^j": { product: (j) => 0.9 ** j },
  "product 0.02": { product: () => 0.02 },
  "order 2": { order: [1, 1] },
  "order 3": { order: [1, 1, 1] },
};
const dimensions = [2, 5, 10, 30, 100];
const powers = [10, 12, 14, 16, 18];

const ours = [...defaultLatticeVector().generatingVector];
const other: number[] = JSON.parse(readFileSync(process.argv[2]!, "utf8")).vector;
for (const [name, weights] of Object.entries(criteria)) {
  const ratios: number[] = [];
  for (const m of powers) {
    const errors = (vector: number[]) =>
      latticeWorstCaseErrors({ generatingVector: vector.slice(0, 100), n: 2 ** m, weights });
    const [a, b] = [errors(ours), errors(other)];
    const row = dimensions.map((d) => a[d - 1]! / b[d - 1]!);
    ratios.push(...row);
    const cells = row.map((ratio, i) => `d=${dimensions[i]} ${ratio.toFixed(2)}`);
    console.log(`${name.padEnd(14)} n=2^${m}  ${cells.join("  ")}`);
  }
  const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
  console.log(
    `${name.padEnd(14)} geometric mean ${mean.toFixed(3)}, ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`,
  );
}
console.log(
  `distinct components: ${new Set(ours).size} of ${ours.length}, and ${new Set(other).size} of ${other.length}`,
);
