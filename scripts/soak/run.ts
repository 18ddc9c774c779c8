/**
 * The long tests: `npm run soak` runs all parts, `npm run soak -- digest import` those. Each part
 * writes what it found to `docs/soak/<part>.md`, and the command fails if one did not pass.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import type { Part } from "./part.ts";

const parts = ["digest", "import", "load", "fuzz"] as const;
const target = join(import.meta.dirname, "../../docs/soak");

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(parts as readonly string[]).includes(name));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(", ")}; there are ${parts.join(", ")}`);
  process.exit(2);
}
const chosen = parts.filter(
  (name) =>
    (asked.length === 0 || asked.includes(name)) &&
    existsSync(join(import.meta.dirname, `${name}.ts`)),
);

let passed = true;
for (const name of chosen) {
  const { soak } = (await import(`./${name}.ts`)) as { soak: Part };
  const started = performance.now();
  const day = new Date().toISOString().slice(0, 10);
  console.log(`${name}: begins`);
  const outcome = await soak((line) => console.log(`${name}: ${line}`));
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  passed &&= outcome.passed;
  mkdirSync(target, { recursive: true });
  writeFileSync(
    join(target, `${name}.md`),
    `# Soak: ${name}\n\nWritten by \`npm run soak -- ${name}\` on ${day}: ` +
      `**${outcome.passed ? "passed" : "FAILED"}** in ${minutes} minutes, ` +
      `Node ${process.versions.node}, ${cpus().length} cores (shared with other work).\n\n` +
      `${outcome.markdown.trim()}\n`,
  );
  console.log(`${name}: ${outcome.passed ? "passed" : "FAILED"} in ${minutes} minutes`);
}
process.exitCode = passed ? 0 : 1;
