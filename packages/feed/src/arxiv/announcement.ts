const newYork = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/New_York",
  hourCycle: "h23",
  weekday: "short",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The hour in New York at which submissions close, and at which they are announced. */
const closing = 14;
const announcing = 20;

/**
 * When arXiv announces what was submitted at a moment: submissions close at 14:00 in New York from
 * Monday to Friday and are announced at 20:00 the same day, those of Friday on Sunday. Holidays and
 * papers that moderators hold back come later. The UTC day is that of the feed's new items.
 *
 * Source: arXiv's page on its schedule of submissions.
 */
export function announcedAt(submitted: Date): Date {
  const { weekday, hour, midnight } = localTime(submitted);
  // Days after the submission's own at whose 14:00 the window closes: Saturday and Sunday wait.
  let days = hour < closing ? 0 : 1;
  while ((weekday + days) % 7 === 0 || (weekday + days) % 7 === 6) days++;
  const closes = (weekday + days) % 7;
  return atLocalHour(midnight + (closes === 5 ? days + 2 : days) * dayMs, announcing);
}

/** Weekday (0 Sunday), hour, and the local day's midnight as if its clock were UTC. */
function localTime(at: Date): { weekday: number; hour: number; midnight: number } {
  const parts = Object.fromEntries(
    newYork.formatToParts(at).map(({ type, value }) => [type, value]),
  );
  const midnight = Date.UTC(Number(parts.year), Number(parts.month) - 1, Number(parts.day));
  return { weekday: new Date(midnight).getUTCDay(), hour: Number(parts.hour), midnight };
}

/** The moment at which clocks in New York show an hour of the evening, four or five behind UTC. */
function atLocalHour(midnight: number, hour: number): Date {
  const summer = new Date(midnight + (hour + 4) * hourMs);
  return localTime(summer).hour === hour ? summer : new Date(summer.getTime() + hourMs);
}
