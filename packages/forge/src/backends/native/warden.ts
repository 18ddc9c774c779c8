import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { backendUnavailable } from "../../session/errors.ts";
import { cacheFolder, hashOf, makeWhole } from "./cache.ts";
import { runProcess } from "./run-process.ts";
import { wardenSource } from "./warden/index.ts";

const compilers = ["cc", "gcc", "clang"];
let built: Promise<string> | undefined;

/**
 * The path of the compiled warden, made at the first call on a machine.
 *
 * @throws ForgeError `ERR_BACKEND_UNAVAILABLE` without a C compiler, or elsewhere than on Linux.
 */
export function warden(): Promise<string> {
  built ??= build().catch((error) => {
    built = undefined;
    throw error;
  });
  return built;
}

async function build(): Promise<string> {
  if (process.platform !== "linux")
    throw backendUnavailable(
      "native code",
      `it is contained on Linux only, not on ${process.platform}`,
    );
  const file = join(cacheFolder("warden"), hashOf(wardenSource, process.arch));
  if (existsSync(file)) return file;
  const source = `${file}.c`;
  await makeWhole(source, async (temporary) => writeFileSync(temporary, wardenSource));
  const tried: string[] = [];
  for (const compiler of compilers) {
    let output = "";
    try {
      await makeWhole(file, async (temporary) => {
        const args = ["-O2", "-Wall", "-o", temporary, source, "-ldl", "-pthread"];
        const end = await runProcess(compiler, args);
        output = end.output;
        if (end.code !== 0) throw new Error(output);
        chmodSync(temporary, 0o700);
      });
      return file;
    } catch {
      tried.push(`${compiler}: ${output.trim().split("\n")[0]}`);
    }
  }
  throw backendUnavailable(
    "native code",
    `no C compiler made the process that contains it (${tried.join("; ")}); apt-get install gcc libc6-dev`,
  );
}
