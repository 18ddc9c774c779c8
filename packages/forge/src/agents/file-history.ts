import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { type Event, type History, readHistory, writeEvent } from "./history.ts";

/**
 * A history in a file of JSON lines: every event is on the disk before the run goes on. What is in the
 * file already is where the run begins; a last line that a kill cut off is removed.
 */
export function fileHistory(path: string): History {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const whole = text.lastIndexOf("\n") + 1;
  if (whole < text.length) truncateSync(path, Buffer.byteLength(text.slice(0, whole)));
  const events: Event[] = readHistory(text.slice(0, whole));
  return {
    events,
    async append(event) {
      const file = openSync(path, "a");
      try {
        writeSync(file, `${writeEvent(event)}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      events.push(event);
    },
  };
}
