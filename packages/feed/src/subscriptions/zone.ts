/** The wall clock of a time zone: which instant a local day and hour are, and the reverse. */

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  let known = formatters.get(zone);
  if (!known) {
    known = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "gregory",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formatters.set(zone, known);
  }
  return known;
}

/** Whether the runtime knows the name as an IANA zone (`Europe/Paris`, `UTC`; no bare offsets). */
export function isZone(zone: string): boolean {
  if (typeof zone !== "string" || !/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(zone))
    return false;
  try {
    formatter(zone);
    return true;
  } catch {
    return false;
  }
}

/** What the clocks of a zone show at an instant, as the milliseconds of the same reading in UTC. */
export function wallClock(zone: string, instant: number): number {
  const read = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatter(zone).formatToParts(instant)) {
    if (type in read) read[type as keyof typeof read] = Number(value);
  }
  return Date.UTC(read.year, read.month - 1, read.day, read.hour, read.minute, read.second);
}

/** The day, `YYYY-MM-DD`, that calendars of a zone show at an instant. */
export const localDay = (zone: string, instant: Date): string =>
  new Date(wallClock(zone, instant.getTime())).toISOString().slice(0, 10);

const DAY = 86_400_000;

/**
 * The first instant at which the clocks of a zone show `wall` (a reading as in `wallClock`). Of an
 * hour that comes twice it is the first; if the clocks jump over the reading, it is the instant of
 * the jump.
 */
export function firstInstantOf(zone: string, wall: number): number {
  const offset = (instant: number) => wallClock(zone, instant) - instant;
  const before = offset(wall - DAY);
  const after = offset(wall + DAY);
  // A larger offset gives the earlier instant.
  for (const candidate of [wall - Math.max(before, after), wall - Math.min(before, after)]) {
    if (offset(candidate) === wall - candidate) return candidate;
  }
  // Skipped: the jump lies between the two, found to the second by halving.
  let early = wall - Math.max(before, after);
  let late = wall - Math.min(before, after);
  while (late - early > 1000) {
    const middle = early + Math.floor((late - early) / 2000) * 1000;
    if (wallClock(zone, middle) < wall) early = middle;
    else late = middle;
  }
  return late;
}
