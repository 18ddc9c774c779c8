import type { Family } from "./feature.ts";
import { integrands } from "./integrands.ts";
import { extras, kernels, transforms } from "./kernels.ts";
import { measures } from "./measures.ts";
import { rules } from "./rules.ts";
import { randomizations, sequences } from "./sequences.ts";

/** Every member of QMCPy 2.4's feature table, and of its later additions. */
export const families: readonly Family[] = [
  sequences,
  randomizations,
  measures,
  integrands,
  rules,
  transforms,
  kernels,
  extras,
];

/** Members that have nothing to run. */
const leftOut =
  "plot_proj: drawing is left to a plotting library (the paper's page has a live view of point sets)";

const BEGIN = "<!-- features: made by scripts/feature-table.ts -->";
const END = "<!-- end of features -->";

/** The README with the table of all members, made anew. */
export function withFeatureTable(readme: string): string {
  const rows = families.map(({ family, features }) => {
    const pairs = features.map(({ there, here }) =>
      there === "-" || there === here ? here : `${there} → ${here}`,
    );
    return `| ${family} | ${pairs.map((pair) => pair.replaceAll("|", "\\|")).join("; ")} |`;
  });
  rows.push(`| not here | ${leftOut} |`);
  const table = ["| family | QMCPy 2.4 → here |", "| --- | --- |", ...rows].join("\n");
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`README has no ${BEGIN} ... ${END}`);
  return `${before}${BEGIN}\n\n${table}\n\n${END}${after}`;
}
