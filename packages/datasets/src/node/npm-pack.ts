import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { dataError } from "@daily-kernel/compute";
import type { NpmTarball } from "../dataset.ts";
import type { Environment } from "./places.ts";

/**
 * Downloads a package's tarball into `folder` with the user's own npm, so that its configuration
 * holds: registry, scopes, credentials, proxy, certificates, cache. Returns the tarball's path.
 *
 * @throws Error `ERR_DATA` with npm's error code where npm is absent or does not get the package.
 */
export async function npmPack(
  npm: NpmTarball,
  folder: string,
  env: Environment,
  signal: AbortSignal | undefined,
): Promise<string> {
  const spec = `${npm.package}@${npm.version}`;
  const args = ["pack", spec, "--pack-destination", folder];
  // An exact version never changes, so what npm's own cache holds will do.
  const flags = ["--prefer-offline", "--ignore-scripts", "--loglevel", "error"];
  const { code, stderr } = await runNpm([...args, ...flags], env, signal);
  const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
  if (code === 0 && tarball !== undefined) return join(folder, tarball);
  const npmCode = /npm (?:error|ERR!) code (\S+)/.exec(stderr)?.[1] ?? `exit ${code}`;
  throw dataError(
    `npm could not get ${spec} from its configured registry (${npmCode}); ` +
      'check the connection and "npm config get registry", then try again',
  );
}

async function runNpm(
  args: readonly string[],
  env: Environment,
  signal: AbortSignal | undefined,
): Promise<{ code: number; stderr: string }> {
  signal?.throwIfAborted();
  const script = env.npm_execpath;
  const [command, first] =
    script !== undefined && basename(script) === "npm-cli.js"
      ? [process.execPath, [script]]
      : ["npm", []];
  // On Windows npm is a batch file, which only a shell starts; then the arguments need quotes.
  const shell = command === "npm" && process.platform === "win32";
  const quoted = shell ? args.map((arg) => `"${arg}"`) : args;
  const child = spawn(command, [...first, ...quoted], {
    env: { ...env },
    shell,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const stop = () => child.kill();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", () => {
        reject(dataError("npm was not found on the PATH; it comes with Node: install it"));
      });
      child.once("close", (status) => resolve(status ?? 1));
    });
    signal?.throwIfAborted();
    return { code, stderr };
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
