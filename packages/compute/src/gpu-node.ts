import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { unsupportedError } from "./errors.ts";
import { unpackBrotli } from "./gpu-unpack.ts";

/**
 * Gives this Node process `navigator.gpu` and the WebGPU globals (which jax-js looks for, too)
 * through the optional package `webgpu` (Dawn). Does nothing where they are already there.
 * Throws `ERR_UNSUPPORTED` when the package is missing or has no build for this platform.
 */
export async function installWebGPU(): Promise<void> {
  if (globalThis.navigator?.gpu !== undefined) return;
  let dawn: typeof import("webgpu");
  try {
    dawn = await import("webgpu");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw unsupportedError(
      `installWebGPU: run \`npm install webgpu\` for WebGPU in Node (${reason})`,
    );
  }
  Object.assign(globalThis, dawn.globals);
  if (globalThis.navigator === undefined) {
    const userAgent = `Node.js/${process.versions.node}`;
    Object.defineProperty(globalThis, "navigator", { value: { userAgent }, configurable: true });
  }
  Object.defineProperty(globalThis.navigator, "gpu", {
    value: dawn.create([]),
    configurable: true,
  });
}

/**
 * The environment variables that give a Node process a software WebGPU adapter: SwiftShader from
 * the optional package `@sparticuz/chromium`, unpacked once below the user's cache folder. The
 * dynamic loader reads them when a process starts, so start (or re-execute) one with them.
 * Throws `ERR_UNSUPPORTED` except on Linux x64 with the package installed.
 */
export async function softwareGpuEnv(): Promise<Record<string, string>> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw unsupportedError(
      `softwareGpuEnv: the packaged software adapter is for linux x64, this is ${process.platform} ${process.arch}; use the machine's own GPU`,
    );
  }
  let root: string;
  try {
    // build/esm/index.js of the package
    root = join(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))), "../..");
  } catch {
    throw unsupportedError(
      "softwareGpuEnv: run `npm install @sparticuz/chromium` for a software WebGPU adapter",
    );
  }
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    version: string;
  };
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  const folder = join(cache, "daily-kernel", `swiftshader-${version}`);
  await unpackBrotli(folder, [join(root, "bin", "swiftshader.tar.br")]);
  const path = process.env.LD_LIBRARY_PATH;
  return {
    LD_LIBRARY_PATH: path ? `${folder}:${path}` : folder,
    VK_ICD_FILENAMES: join(folder, "vk_swiftshader_icd.json"),
  };
}
