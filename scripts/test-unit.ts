/**
 * Runs the unit tests, one process a file, as many at once as there are cores: Node itself keeps one
 * core free, which on a machine of two would double the time. Arguments go on to `node --test`.
 */
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

const files = [
  "packages/*/src/**/*.test.ts",
  "papers/**/*.test.ts",
  "apps/*/src/**/*.test.ts",
  "scripts/**/*.test.ts",
  "bench/**/*.test.ts",
];
const options = [`--test-concurrency=${availableParallelism()}`, ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, ["--test", ...options, ...files], {
  stdio: "inherit",
});
process.exitCode = status ?? 1;
