import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ServerFile } from "./messages.ts";

const fileIn = (directory: string) => join(directory, "server.json");

/** Says who has the directory, to this user alone: the token in it opens the control channel. */
export function writeServerFile(directory: string, server: ServerFile): void {
  const part = `${fileIn(directory)}.${process.pid}.part`;
  writeFileSync(part, `${JSON.stringify(server, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  renameSync(part, fileIn(directory));
}

/** Who has, or had, the directory; `null` if nobody says so. A crash leaves the file behind. */
export function readServerFile(directory: string): ServerFile | null {
  try {
    return JSON.parse(readFileSync(fileIn(directory), "utf8")) as ServerFile;
  } catch {
    return null;
  }
}

export const removeServerFile = (directory: string): void =>
  rmSync(fileIn(directory), { force: true });
