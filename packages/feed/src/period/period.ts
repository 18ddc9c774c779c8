import { checkDay, isDay } from "../check.ts";
import { inputError } from "../feed-error.ts";

/** A span of days that the feed can be narrowed to. */
export interface Period {
  readonly kind: "day" | "week" | "month" | "year";
  /** As it stands in the address: `2024`, `2024-09`, `2024-W37` (ISO week), `2024-09-13`. */
  readonly id: string;
  /** First and last day, both included, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

export const kinds = ["day", "week", "month", "year"] as const;

const dayMs = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const words = (ms: number, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options }).format(ms);

/** A day in words, `13 September 2024`. @throws FeedError `ERR_INPUT` for what is no day. */
export function dayInWords(day: string): string {
  checkDay("dayInWords: day", day);
  return words(Date.parse(day), { day: "numeric", month: "long", year: "numeric" });
}

/**
 * The period of this kind that holds a day. Weeks are those of ISO 8601, from Monday.
 * @throws FeedError `ERR_INPUT` for another kind, or what is no day.
 */
export function periodOf(kind: Period["kind"], day: string): Period {
  if (!kinds.includes(kind)) {
    throw inputError(`periodOf: kind must be one of ${kinds.join(", ")}, got ${kind}`);
  }
  checkDay("periodOf: day", day);
  const ms = Date.parse(day);
  const year = new Date(ms).getUTCFullYear();
  const month = new Date(ms).getUTCMonth();
  switch (kind) {
    case "day":
      return { kind, id: day, from: day, to: day, label: dayInWords(day) };
    case "week": {
      const monday = ms - ((new Date(ms).getUTCDay() + 6) % 7) * dayMs;
      // The week belongs to the year of its Thursday.
      const thursday = monday + 3 * dayMs;
      const weekYear = new Date(thursday).getUTCFullYear();
      const number = 1 + Math.floor((thursday - Date.UTC(weekYear, 0, 1)) / (7 * dayMs));
      return {
        kind,
        id: `${weekYear}-W${String(number).padStart(2, "0")}`,
        from: iso(monday),
        to: iso(monday + 6 * dayMs),
        label: `Week ${number} of ${weekYear}`,
      };
    }
    case "month":
      return {
        kind,
        id: day.slice(0, 7),
        from: iso(Date.UTC(year, month, 1)),
        to: iso(Date.UTC(year, month + 1, 0)),
        label: words(ms, { month: "long", year: "numeric" }),
      };
    case "year":
      return {
        kind,
        id: day.slice(0, 4),
        from: `${year}-01-01`,
        to: `${year}-12-31`,
        label: `${year}`,
      };
  }
}

/**
 * Reads a period from the address; `null` if it is none (`2024-13`, `2024-W99`, `tomorrow`) or lies
 * outside the years 1000..9999.
 */
export function parsePeriod(id: string): Period | null {
  if (!/^[1-9]\d{3}/.test(id)) return null;
  const week = /^(\d{4})-W(\d{2})$/.exec(id);
  const day = week
    ? // 4 January always lies in week 1.
      iso(Date.UTC(Number(week[1]), 0, 4) + (Number(week[2]) - 1) * 7 * dayMs)
    : /^\d{4}(-\d{2}(-\d{2})?)?$/.test(id)
      ? `${id}-01-01`.slice(0, 10)
      : null;
  if (day === null || !isDay(day)) return null;
  const kind = week ? "week" : id.length === 4 ? "year" : id.length === 7 ? "month" : "day";
  const period = periodOf(kind, day);
  // The last week of 9999 ends in a year of five digits.
  return period.id === id && !period.to.startsWith("+") ? period : null;
}

export const within = (period: Period, day: string): boolean =>
  day >= period.from && day <= period.to;

/** The nearest periods of the same kind, before and after, that hold one of the days. */
export function neighbours(period: Period, days: readonly string[]) {
  const before = days
    .filter((day) => day < period.from)
    .sort()
    .at(-1);
  const after = days
    .filter((day) => day > period.to)
    .sort()
    .at(0);
  return {
    earlier: before === undefined ? null : periodOf(period.kind, before),
    later: after === undefined ? null : periodOf(period.kind, after),
  };
}
