import { UsageError } from "../../exit.ts";

/** The forge is large: commands that do not need it do without. */
export const loadForge = () => import("@daily-kernel/forge");
export const loadForgeNode = () => import("@daily-kernel/forge/node");

/** Names that do not exist are the user's to correct: exit code 2. */
export async function orUsage<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    if (typeof code === "string" && /^ERR_(UNKNOWN_|BACKEND_UNAVAILABLE|TYPE|DOMAIN)/.test(code))
      throw new UsageError(message);
    throw error;
  }
}
