/**
 * `node dense-functions.ts FILE`: our largest relative errors on a sample that dense-functions.py has
 * written. `node dense-functions.ts FILE HARD.json` also writes down the points where they are largest.
 */
import { readFileSync, writeFileSync } from "node:fs";
import * as special from "../src/functions.ts";

/** Points a function to keep. */
const HARDEST = 40;

type Name = keyof typeof special;
type Row = [name: Name, ...argumentsAndValue: (number | string)[]];
const [file, hard] = process.argv.slice(2);
const rows: Row[] = readFileSync(file!, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));
const functions: Record<string, (...args: number[]) => number> = { ...special };
const errors = rows.flatMap(([name, ...rest]) => {
  const point = rest.map(Number);
  const want = point.at(-1)!;
  if (!Number.isFinite(want)) return [];
  const got = functions[name]!(...point.slice(0, -1));
  // a subnormal value has fewer digits to give
  const error = got === want ? 0 : Math.abs(got - want) / Math.max(Math.abs(want), 2.3e-308);
  return [{ name, point, error }];
});
const kept: Record<string, number[][]> = {};
for (const [name, all] of Map.groupBy(errors, ({ name }) => name)) {
  all.sort((a, b) => b.error - a.error);
  const show = (q: number) => all[Math.floor(q * (all.length - 1))]!.error.toExponential(1);
  const at = all[0]!.point.slice(0, -1).join(", ");
  console.log(
    `${name.padEnd(17)} ${all.length} points: largest ${show(0)} at (${at}), 99 % below ${show(0.01)}, median ${show(0.5)}`,
  );
  kept[name] = all.slice(0, HARDEST).map(({ point }) => point);
}
if (hard !== undefined) {
  const blocks = Object.entries(kept).map(
    ([name, points]) => `"${name}": [\n${points.map((p) => JSON.stringify(p)).join(",\n")}\n]`,
  );
  writeFileSync(hard, `{\n${blocks.join(",\n")}\n}\n`);
}
