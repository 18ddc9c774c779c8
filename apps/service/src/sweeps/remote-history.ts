import { type Event, type History, readHistory, writeEvent } from "@daily-kernel/forge";

/**
 * A history that is kept elsewhere: `keep` resolves when the line is safe, and only then the search
 * goes on. Begins with the lines that are kept already.
 */
export function remoteHistory(
  lines: readonly string[],
  keep: (position: number, line: string) => Promise<void>,
): History {
  const events: Event[] = readHistory(lines.map((line) => `${line}\n`).join(""));
  return {
    events,
    async append(event) {
      await keep(events.length, writeEvent(event));
      events.push(event);
    },
  };
}
