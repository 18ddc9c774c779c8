import { type BackupHeader, backup as write } from "@daily-kernel/feed/node";
import type { Verb } from "./verb.ts";

/** Puts out everything that the database holds, as text. */
export const backup: Verb<object, BackupHeader> = ({ db }, _, io) => {
  let characters = 0;
  return write(db, async (text) => {
    io.signal.throwIfAborted();
    characters += text.length;
    io.progress(`${(characters / 1e6).toFixed(1)} MB`);
    await io.data(text);
  });
};
