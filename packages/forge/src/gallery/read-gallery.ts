import { readdir, readFile } from "node:fs/promises";
import { parseGrid } from "../backends/wgsl/grid.ts";
import type { Candidate, Language } from "../session/backend.ts";

/** Back ends of which there is a gallery. */
export type GalleryBackend = "cpp" | "wasm" | "wgsl";

const languages: Readonly<Record<string, Language>> = {
  c: "c",
  cpp: "cpp",
  ts: "assemblyscript",
  wgsl: "wgsl",
};

/** A kernel of the gallery: what it claims to compute, and whether it does. */
export interface Sample {
  readonly name: string;
  readonly backend: GalleryBackend;
  /** By the file's name; `wasm` takes several. */
  readonly language: Language;
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
export async function readGallery(backend: GalleryBackend): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const kind of ["cheats", "honest"] as const) {
    const folder = new URL(`../../gallery/${backend}/${kind}/`, import.meta.url);
    for (const file of (await readdir(folder)).sort()) {
      const source = await readFile(new URL(file, folder), "utf8");
      const head = (key: string) => source.match(new RegExp(`^// ${key}: (.*)$`, "m"))?.[1];
      const flags = head("flags");
      const grid = head("grid");
      const [name, extension] = file.split(".") as [string, string];
      samples.push({
        name,
        backend,
        language: languages[extension]!,
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
