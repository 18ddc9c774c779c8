import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Backend, BackendId, Candidate, Language, Probe } from "../../session/backend.ts";
import { backendUnavailable } from "../../session/errors.ts";
import { cacheFolder, hashOf, makeWhole } from "./cache.ts";
import { compileInSandbox } from "./compile-in-sandbox.ts";
import { runsBare, uncontained } from "./isolation.ts";
import { openSession } from "./session.ts";
import { inspectObject } from "./symbols.ts";

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

/** The compiled object of an artifact. */
export const artifactFile = (hash: string): string => join(cacheFolder("native"), `${hash}.so`);

/** A back end whose kernels are shared objects with the C ABI, compiled and run in the sandbox. */
export function nativeBackend(
  recipe: NativeRecipe,
  { unsafe = false }: NativeOptions = {},
): Backend {
  const { id, language, file, libraries = [], wide = false, binds = [] } = recipe;
  let found: Promise<Probe> | undefined;
  const probe = () => {
    found ??= uncontained(unsafe).then((why) => why ?? recipe.probe());
    return found;
  };
  return {
    id,
    language,
    oneProcess: !wide,
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
      await makeWhole(object, async (temporary) => {
        const said = await compileInSandbox(candidate.source, {
          command,
          file,
          makes: "kernel.so",
          object: temporary,
          binds,
          limits,
          unsafe: await runsBare(id, unsafe),
          signal,
        });
        writeFileSync(log, said);
      });
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
        unsafe: await runsBare(id, unsafe),
        signal,
      });
    },
  };
}
