import { printTable } from "./peers/table.ts";
import { REGIONS } from "./special/inputs.ts";
import { measure } from "./special/measure.ts";

export const about = "log I and log K: SciPy, Boost, GSL and the C++ standard library";

const ns = (value: number) => `${value < 100 ? value.toPrecision(3) : value.toFixed(0)} ns`;

/** Prints one row a region, function and peer; times an evaluation, on one thread. */
export async function run(): Promise<void> {
  const { rows, missing, versions } = await measure();
  for (const { name, v, x } of REGIONS)
    console.log(`${name}: v in ${v[0]}..${v[1]}, x in ${x[0]}..${x[1]}`);
  console.log(
    Object.entries(versions)
      .map(([peer, version]) => `${peer} ${version}`)
      .join("; "),
  );
  console.log("Limit: one log, one sqrt and a few dozen multiply-adds, about 20-30 ns.\n");
  printTable(
    rows.map((row) => ({
      region: row.region,
      function: `log ${row.function}`,
      ours: ns(row.ours),
      peer: `${row.peer}: ${ns(row.theirs)}`,
      ratio: `${row.ratio[0].toFixed(1)}x (${row.ratio[1].toFixed(1)}-${row.ratio[2].toFixed(1)})`,
      "not finite": `${((100 * row.notFinite) / row.points).toFixed(1)} % of ${row.points}`,
      answer: `${row.difference < 1e-8 ? "same" : "DIFFERENT"} (${row.difference.toExponential(0)})`,
    })),
  );
  for (const { peer, why } of missing) console.log(`${peer}: not available (${why})`);
}
