import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const COMPILER = process.env.CXX ?? "g++";
const SOURCE = fileURLToPath(new URL("native.cpp", import.meta.url));
const CACHE = fileURLToPath(new URL("../../.cache/bench", import.meta.url));

/** The libraries: name, the macro of native.cpp, what the linker needs, the Debian package. */
export const NATIVE = [
  { name: "Boost", macro: "PEER_BOOST", libraries: [], install: "libboost-math-dev" },
  { name: "GSL", macro: "PEER_GSL", libraries: ["-lgsl", "-lgslcblas"], install: "libgsl-dev" },
  { name: "std (libstdc++)", macro: "PEER_STD", libraries: [], install: "g++" },
] as const;

type Library = (typeof NATIVE)[number];

/** A compiled program that times its own loops; or why it cannot be had. */
export class NativePeer {
  readonly version: string;
  #child: ChildProcess;
  #lines: AsyncIterator<string>;
  #folder: string;

  private constructor(
    child: ChildProcess,
    lines: AsyncIterator<string>,
    folder: string,
    version: string,
  ) {
    this.#child = child;
    this.#lines = lines;
    this.#folder = folder;
    this.version = version;
  }

  /** Compiles and starts a peer over named inputs; it evaluates the first `count` of each. */
  static async start(
    library: Library,
    count: number,
    inputs: Record<string, Float64Array>,
  ): Promise<NativePeer | { missing: string }> {
    mkdirSync(CACHE, { recursive: true });
    const program = join(CACHE, library.macro.toLowerCase());
    const flags = ["-O3", "-march=native", "-std=c++17", `-D${library.macro}`];
    try {
      execFileSync(COMPILER, [...flags, SOURCE, "-o", program, ...library.libraries], {
        stdio: "pipe",
      });
    } catch (error) {
      const why =
        (error as { code?: string }).code === "ENOENT" ? `no ${COMPILER}` : "does not compile";
      return { missing: `${why}; Debian package ${library.install}` };
    }
    const folder = mkdtempSync(join(tmpdir(), "daily-kernel-native-"));
    for (const [name, data] of Object.entries(inputs)) {
      writeFileSync(join(folder, name), new Uint8Array(data.buffer));
    }
    const child = spawn(program, [folder, String(count)], { stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface(child.stdout!)[Symbol.asyncIterator]();
    const { value } = await lines.next();
    return new NativePeer(child, lines, folder, String(value));
  }

  async ask(region: string, op: string, keep: boolean) {
    this.#child.stdin!.write(`${region} ${op} ${keep ? 1 : 0}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`the peer ended at ${region} ${op}`);
    const seconds = Number(value);
    if (!keep) return { seconds };
    const bytes = readFileSync(join(this.#folder, "native-result"));
    const result = new Float64Array(bytes.length / 8);
    new Uint8Array(result.buffer).set(bytes);
    return { seconds, result };
  }

  close(): void {
    this.#child.stdin!.end();
    rmSync(this.#folder, { recursive: true });
  }
}
