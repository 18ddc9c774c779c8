/** `node dense.ts FILE`: our largest errors on a grid that dense.py has written. */
import { readFileSync } from "node:fs";
import * as special from "../src/bessel/index.ts";

const COLUMNS: [string, special.BesselFunction, "mixed" | "relative"][] = [
  ["logBesselI", special.logBesselI, "mixed"],
  ["logBesselK", special.logBesselK, "mixed"],
  ["besselIRatio", special.besselIRatio, "relative"],
  ["besselKRatio", special.besselKRatio, "relative"],
  ["dLogBesselI_dv", special.dLogBesselI_dv, "mixed"],
  ["dLogBesselK_dv", special.dLogBesselK_dv, "mixed"],
  ["d2LogBesselI_dx2", special.d2LogBesselI_dx2, "mixed"],
  ["d2LogBesselK_dx2", special.d2LogBesselK_dx2, "mixed"],
];

type Row = [v: number, x: number, ...values: string[]];
const rows: Row[] = readFileSync(process.argv[2]!, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));
COLUMNS.forEach(([name, f, kind], column) => {
  const some = rows.filter((row) => row.length > column + 2);
  const v = Float64Array.from(some, (row) => row[0]);
  const x = Float64Array.from(some, (row) => row[1]);
  const array = f(v, x);
  let notFinite = 0;
  const errors = some.flatMap((row, i) => {
    const want = Number(row[column + 2]);
    return [array[i]!, f(v[i]!, x[i]!)].map((value) => {
      if (value === want) return 0; // also where both overflow
      if (!Number.isFinite(value)) notFinite++;
      const scale = kind === "relative" ? Math.abs(want) : Math.max(1, Math.abs(want));
      return Math.abs(value - want) / scale;
    });
  });
  errors.sort((a, b) => b - a);
  const show = (q: number) => errors[Math.floor(q * (errors.length - 1))]!.toExponential(1);
  console.log(
    `${name.padEnd(18)} ${some.length} points, ${kind} error: max ${show(0)}, p99 ${show(0.01)}, median ${show(0.5)}; wrongly not finite: ${notFinite}`,
  );
});
