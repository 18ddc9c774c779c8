import { readFileSync } from "node:fs";
import { backendUnavailable } from "../../session/errors.ts";
import { runTool } from "./tool.ts";

/** How well native code is contained here. */
export type Isolation =
  | { readonly level: "sealed" }
  /** Limits and the filter on system calls only: native code runs with `--unsafe` alone. */
  | { readonly level: "bare"; readonly missing: string; readonly remedy: string }
  /** It cannot be run at all. */
  | { readonly level: "none"; readonly missing: string; readonly remedy: string };

let known: Promise<Isolation> | undefined;

/** Tries the sandbox out, once: whatever is missing is told by the kernel's own words. */
export function isolation(): Promise<Isolation> {
  known ??= probe();
  return known;
}

/**
 * Whether a back end's tools and kernels have to run bare, because there is no more and the user
 * allows it.
 *
 * @throws ForgeError `ERR_BACKEND_UNAVAILABLE` where they may not run at all.
 */
export async function runsBare(id: string, unsafe: boolean): Promise<boolean> {
  const how = await isolation();
  if (how.level === "sealed") return false;
  if (how.level === "bare" && unsafe) return true;
  throw backendUnavailable(id, `${how.missing}; ${how.remedy}`);
}

/** Why native code may not run here; undefined where it may. */
export async function uncontained(
  unsafe: boolean,
): Promise<{ available: false; reason: string; remedy: string } | undefined> {
  const how = await isolation();
  if (how.level === "sealed" || (how.level === "bare" && unsafe)) return undefined;
  if (how.level === "none") return { available: false, reason: how.missing, remedy: how.remedy };
  return {
    available: false,
    reason: `native code cannot be contained here: ${how.missing}`,
    remedy: `${how.remedy}, or --unsafe`,
  };
}

const setting = (file: string) => {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "";
  }
};

function remedyOf(output: string): string {
  if (setting("/proc/sys/kernel/unprivileged_userns_clone") === "0")
    return "sysctl kernel.unprivileged_userns_clone=1";
  if (setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") === "1")
    return "sysctl kernel.apparmor_restrict_unprivileged_userns=0";
  if (setting("/proc/sys/user/max_user_namespaces") === "0")
    return "sysctl user.max_user_namespaces=10000";
  return /namespaces/.test(output)
    ? "allow user namespaces (inside a container: --security-opt seccomp=unconfined)"
    : "run on Linux 5.12 or newer outside a container";
}

async function probe(): Promise<Isolation> {
  const limits = { memory: 1 << 30, timeout: 10_000 };
  try {
    const sealed = await runTool(["true"], limits);
    if (sealed.code === 0) return { level: "sealed" };
    const missing = sealed.output.trim() || `the sandbox ended with code ${sealed.code}`;
    const bare = await runTool(["true"], { ...limits, unsafe: true });
    return { level: bare.code === 0 ? "bare" : "none", missing, remedy: remedyOf(missing) };
  } catch (error) {
    return {
      level: "none",
      missing: (error as Error).message,
      remedy: "apt-get install g++ (on Linux)",
    };
  }
}
