import { parsePeriod, periodOf } from "@daily-kernel/feed";
import { z } from "@hono/zod-openapi";

const period = (kind: "day" | "week" | "month", form: RegExp, words: string, example: string) =>
  z
    .string()
    .regex(form, { message: `must be ${words}`, abort: true })
    .refine((id) => parsePeriod(id)?.kind === kind, { message: `must be ${words} that exists` })
    .optional()
    .openapi({ example });

export const day = () =>
  period("day", /^[1-9]\d{3}-\d{2}-\d{2}$/, "a day YYYY-MM-DD", "2024-09-13").openapi({
    format: "date",
    description: "A UTC day of listing.",
  });

/** Years with 53 ISO weeks: 28 December, which lies in the last one, is in the 53rd. */
const longYears = Array.from({ length: 300 }, (_, i) => String(1900 + i)).filter((year) =>
  periodOf("week", `${year}-12-28`).id.endsWith("W53"),
);
const weekForm = new RegExp(
  `^((19|2[01])\\d{2}-W(0[1-9]|[1-4]\\d|5[0-2])|(${longYears.join("|")})-W53)$`,
);

export const week = () =>
  period("week", weekForm, "an ISO week YYYY-Www", "2024-W37").openapi({
    description: "An ISO 8601 week, 1900 to 2199; some years have 53.",
  });

export const month = () =>
  period("month", /^[1-9]\d{3}-(0[1-9]|1[0-2])$/, "a month YYYY-MM", "2024-09").openapi({
    description: "A month.",
  });
