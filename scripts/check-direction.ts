/**
 * Keeps the house one-way: apps know papers, papers know packages, packages know only packages
 * below them. Fails with a line for each import that goes up, sideways in a circle, or reaches into
 * another workspace's files.
 */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The floor that a workspace stands on; it may import from lower floors. */
function floor(folder: string): number {
  const ground: Record<string, number> = {
    "packages/compute": 0,
    "packages/nn": 1,
    "packages/datasets": 1,
    "packages/reproduction": 3,
    papers: 4,
    "apps/service": 5,
  };
  return ground[folder] ?? (folder.startsWith("packages/") ? 2 : 6);
}
/** The libraries share a floor: they may use each other, but not in a circle. */
const libraries = 2;

const folders = new Map(
  globSync(
    ["packages/*/package.json", "papers/package.json", "apps/*/package.json", "bench/package.json"],
    { cwd: root },
  ).map((file) => [
    JSON.parse(readFileSync(join(root, file), "utf8")).name as string,
    dirname(file),
  ]),
);
const problems: string[] = [];
const edges = new Map<string, Set<string>>();

/** The workspace that an import names, if any; files outside all workspaces are `elsewhere`. */
function targetOf(source: string, to: string): string | undefined {
  if (!to.startsWith(".")) return folders.get(to.split("/").slice(0, 2).join("/"));
  const path = relative(root, resolve(root, dirname(source), to));
  if (path.startsWith("scripts/")) return undefined;
  return [...folders.values()].find((folder) => path.startsWith(`${folder}/`)) ?? "elsewhere";
}

/** AssemblyScript has no packages: its sources include those of a lower package by path. */
const isAssembly = (source: string, to: string) =>
  source.includes("/assembly/") && to.includes("/assembly/");

const specifier = /(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g;
for (const folder of folders.values()) {
  const sources = globSync(`${folder}/**/*.{ts,js,svelte}`, {
    cwd: root,
    exclude: (name) => /node_modules|\.svelte-kit|build$|dist$/.test(String(name)),
  });
  for (const source of sources) {
    for (const [, to] of readFileSync(join(root, source), "utf8").matchAll(specifier)) {
      const target = targetOf(source, to!);
      if (!target || target === folder) continue;
      if (to!.startsWith(".") && !isAssembly(source, to!)) {
        problems.push(`${source}: "${to}" reaches into another workspace`);
        continue;
      }
      const [here, there] = [floor(folder), floor(target)];
      if (there > here || (there === here && here !== libraries))
        problems.push(`${source}: ${folder} may not import ${target}`);
      edges.set(folder, (edges.get(folder) ?? new Set()).add(target));
    }
  }
}

function findCycle(folder: string, path: readonly string[]): void {
  if (path.includes(folder)) {
    problems.push(`circle: ${[...path.slice(path.indexOf(folder)), folder].join(" -> ")}`);
    return;
  }
  for (const next of edges.get(folder) ?? []) findCycle(next, [...path, folder]);
}
for (const folder of edges.keys()) findCycle(folder, []);

for (const problem of new Set(problems)) console.error(problem);
if (problems.length) process.exit(1);
console.log(`direction: ${folders.size} workspaces, every import goes down`);
