/**
 * Searches the default lattice sequence and writes src/construction/default-lattice-data.ts:
 * `node packages/qmc/scripts/default-lattice-data.ts [dimension]`. See `defaultLatticeVector` for the
 * criterion. It takes about a tenth of a second of one core a dimension.
 */
import { writeFileSync } from "node:fs";
import { latticeCbc } from "../src/construction/lattice-cbc.ts";

const dimension = Number(process.argv[2] ?? 9125);
const [mMin, mMax] = [6, 20];
let told = 0;
const { generatingVector } = await latticeCbc({
  dimension,
  mMin,
  mMax,
  alpha: 2,
  weights: { product: (j) => 0.1 / j },
  onProgress(done, total) {
    const tenths = Math.floor((1000 * done) / total);
    if (tenths > told && tenths % 50 === 0) console.log(`${tenths / 10} %`);
    told = Math.max(told, tenths);
  },
});

// Every component is below 2^19: three bytes each, the lowest first.
const bytes = new Uint8Array(3 * dimension);
for (const [j, g] of generatingVector.entries())
  bytes.set([g & 255, (g >> 8) & 255, g >> 16], 3 * j);
writeFileSync(
  new URL("../src/construction/default-lattice-data.ts", import.meta.url),
  `// Written by scripts/default-lattice-data.ts. Three bytes a component, the lowest first, in base64.
export const DEFAULT_LATTICE_M_MIN = ${mMin};
export const DEFAULT_LATTICE_M_MAX = ${mMax};
export const DEFAULT_LATTICE_BYTES =
  "${Buffer.from(bytes).toString("base64")}";
`,
);
