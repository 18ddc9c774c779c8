import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("./stream-memory.ts", import.meta.url));

/** Memory of a process that has streamed few or many points: it must not grow with their number. */
export function memoryRows(): object[] {
  const rows: object[] = [];
  for (const reuse of [true, false]) {
    for (const m of [18, 21, 24]) {
      const args = [SCRIPT, String(2 ** m), String(reuse)];
      const { resident, most } = JSON.parse(
        execFileSync(process.execPath, args, { encoding: "utf8" }),
      );
      const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
      rows.push({
        streamed: `2^${m} points, d = 10`,
        "blocks of 2^16": reuse ? "reused" : "new",
        "of points": mb(80 * 2 ** m),
        "resident, most": mb(most),
        "resident, at the end": mb(resident),
      });
    }
  }
  return rows;
}
