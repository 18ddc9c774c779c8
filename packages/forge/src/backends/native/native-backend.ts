import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Backend, BackendId, Candidate, Language, Probe } from "../../session/backend.ts";
import { backendUnavailable, CandidateCompileError } from "../../session/errors.ts";
import { cacheFolder, hashOf, makeWhole } from "./cache.ts";
import { isolation } from "./isolation.ts";
import { openSession } from "./session.ts";
import { inspectObject } from "./symbols.ts";
import { runTool } from "./tool.ts";

/** How a native back end makes a shared object from a source. */
export interface NativeRecipe {
  readonly id: BackendId;
  readonly language: Language;
  /** The name under which the compiler finds the source in its working directory. */
  readonly file: string;
  /** Whether the compiler is there, by trying it; `version` becomes part of every artifact's hash. */
  probe(): Promise<Probe>;
  /**
   * The command that makes `kernel.so` of `file` in its working directory.
   *
   * @throws CandidateCompileError for flags that are not allowed.
   */
  command(candidate: Candidate): readonly string[];
  /** Sonames of shared libraries that kernels may need beyond the C and C++ libraries. */
  readonly libraries?: readonly string[];
  /** Kernels see the system's folders and may start programs: for runtimes that compile or load drivers. */
  readonly wide?: boolean;
  /** Folders that compiler (and wide kernels) see besides the system's own. */
  readonly binds?: readonly string[];
}

export interface NativeOptions {
  /** Also where the sandbox is not whole: limits and the filter on system calls are all then. */
  readonly unsafe?: boolean;
}

/** What every kernel in C or C++ may need. */
const systemLibraries = [
  "libstdc++.so.6",
  "libgcc_s.so.1",
  "libm.so.6",
  "libmvec.so.1",
  "libgomp.so.1",
];

const MOST_LINES = 150;
const trim = (log: string) => {
  const lines = log.trimEnd().split("\n");
  if (lines.length <= MOST_LINES) return lines.join("\n");
  return [
    ...lines.slice(0, MOST_LINES - 1),
    `... ${lines.length - MOST_LINES + 1} more lines`,
  ].join("\n");
};

/** The compiled object of an artifact. */
export const artifactFile = (hash: string): string => join(cacheFolder("native"), `${hash}.so`);

/** A back end whose kernels are shared objects with the C ABI, compiled and run in the sandbox. */
export function nativeBackend(
  recipe: NativeRecipe,
  { unsafe = false }: NativeOptions = {},
): Backend {
  const { id, language, file, libraries = [], wide = false, binds = [] } = recipe;
  let found: Promise<Probe> | undefined;
  const bare = async () => {
    const how = await isolation();
    if (how.level === "sealed" || (how.level === "bare" && unsafe)) return how.level === "bare";
    throw backendUnavailable(id, `${how.missing}; ${how.remedy}`);
  };
  const probe = () => {
    found ??= (async (): Promise<Probe> => {
      const how = await isolation();
      if (how.level === "none")
        return { available: false, reason: how.missing, remedy: how.remedy };
      if (how.level === "bare" && !unsafe)
        return {
          available: false,
          reason: `native code cannot be contained here: ${how.missing}`,
          remedy: `${how.remedy}, or --unsafe`,
        };
      return recipe.probe();
    })();
    return found;
  };
  return {
    id,
    language,
    probe,
    async compile(candidate, { limits, signal }) {
      const here = await probe();
      if (!here.available) throw backendUnavailable(id, here.reason);
      const command = recipe.command(candidate);
      const hash = hashOf(id, here.version, here.hardware, candidate.source, ...command);
      const object = artifactFile(hash);
      const log = `${object}.log`;
      if (existsSync(object) && existsSync(log))
        return { backend: id, hash, log: readFileSync(log, "utf8") };
      const folder = mkdtempSync(join(cacheFolder("work"), "c-"));
      try {
        const source = join(folder, file);
        writeFileSync(source, candidate.source);
        await makeWhole(object, async (temporary) => {
          const end = await runTool(command, {
            inputs: [source],
            outputs: { "kernel.so": temporary },
            binds,
            memory: limits.memory,
            timeout: limits.compileTimeout,
            unsafe: await bare(),
            signal,
          });
          if (end.code === 124)
            throw new CandidateCompileError(
              `the compiler took longer than ${limits.compileTimeout} ms`,
              trim(end.output),
            );
          if (end.code !== 0)
            throw new CandidateCompileError(
              `${command[0]} ended with code ${end.code}`,
              trim(end.output),
            );
          writeFileSync(log, trim(end.output));
        });
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
      return { backend: id, hash, log: readFileSync(log, "utf8") };
    },
    // Wide kernels load what they like: their runtimes do the work.
    ...(!wide && {
      inspect: async ({ hash }) => inspectObject(artifactFile(hash), libraries),
    }),
    async open(artifact, { limits, threads, signal }) {
      return openSession(artifactFile(artifact.hash), {
        limits,
        libraries: [...systemLibraries, ...libraries],
        threads,
        wide,
        binds,
        unsafe: await bare(),
        signal,
      });
    },
  };
}
