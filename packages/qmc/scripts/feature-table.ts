/** Writes the table of QMCPy's members into the README: `node packages/qmc/scripts/feature-table.ts`. */
import { readFileSync, writeFileSync } from "node:fs";
import { withFeatureTable } from "../features/index.ts";

const readme = new URL("../README.md", import.meta.url);
writeFileSync(readme, withFeatureTable(readFileSync(readme, "utf8")));
