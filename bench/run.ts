/** `npm run bench -- <suite>`: each suite is a module beside this one that exports `run`. */
import { readdirSync } from "node:fs";

const USAGE = `npm run bench -- <suite>

Times our libraries and their peers in one run, on the same input, in turns; checks that both gave
the same answer. A ratio is peer time / our time (above 1: ours is faster), the median over the
rounds with its quartiles. Python peers are installed into .cache/venv on first use.
`;

type Suite = { about: string; run(): Promise<void> };

/** Modules beside this one that are suites: they say so by exporting `run`. */
async function suites(): Promise<Map<string, Suite>> {
  const found = new Map<string, Suite>();
  const files = readdirSync(new URL(".", import.meta.url)).filter((file) => file.endsWith(".ts"));
  for (const file of files.sort()) {
    if (file === "run.ts") continue;
    const module = await import(new URL(file, import.meta.url).href);
    if (typeof module.run === "function") found.set(file.slice(0, -3), module);
  }
  return found;
}

const [name, ...rest] = process.argv.slice(2);
const known = await suites();
const list = [...known]
  .map(([suite, { about }]) => `  ${suite.padEnd(12)} ${about ?? ""}`)
  .join("\n");
if (name === undefined || name === "--help") {
  console.log(`${USAGE}\nSuites:\n${list}`);
} else if (!known.has(name) || rest.length > 0) {
  console.error(
    `bench: expected one suite, got ${JSON.stringify([name, ...rest].join(" "))}. Suites:\n${list}`,
  );
  process.exitCode = 2;
} else {
  await known.get(name)!.run();
}
