import { readdir, readFile } from "node:fs/promises";
import { parseGrid } from "../backends/wgsl/grid.ts";
import type { Candidate } from "../session/backend.ts";

/** A kernel of the gallery: what it claims to compute, and whether it does. */
export interface Sample {
  readonly name: string;
  readonly backend: "cpp" | "wgsl";
  readonly honest: boolean;
  readonly task: string;
  readonly candidate: Candidate;
  /** Rules that may catch a cheat, the likeliest first; empty for honest kernels. */
  readonly rules: readonly string[];
  readonly about: string;
}

/**
 * The gallery of honest and cheating kernels of a back end, by name. Each file begins with lines
 * `// task: relu`, `// flags: -pthread`, `// grid: row`, `// rule: stale-answer` and one that tells
 * what it does.
 */
export async function readGallery(backend: "cpp" | "wgsl"): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const kind of ["cheats", "honest"] as const) {
    const folder = new URL(`../../gallery/${backend}/${kind}/`, import.meta.url);
    for (const file of (await readdir(folder)).sort()) {
      const source = await readFile(new URL(file, folder), "utf8");
      const head = (key: string) => source.match(new RegExp(`^// ${key}: (.*)$`, "m"))?.[1];
      const flags = head("flags");
      const grid = head("grid");
      samples.push({
        name: file.replace(/\.\w+$/, ""),
        backend,
        honest: kind === "honest",
        task: head("task") ?? "",
        candidate: {
          source,
          ...(flags !== undefined && { flags: flags.split(" ") }),
          ...(grid !== undefined && { grid: parseGrid(grid) }),
        },
        rules: head("rule")?.split("|") ?? [],
        about: source.match(/^\/\/ (?!\w+: )(.*)$/m)?.[1] ?? "",
      });
    }
  }
  return samples;
}
