import { parsePeriod } from "@daily-kernel/feed";
import { z } from "@hono/zod-openapi";

const period = (kind: "day" | "week" | "month", form: RegExp, words: string, example: string) =>
  z
    .string()
    .regex(form, { message: `must be ${words}` })
    .refine((id) => parsePeriod(id)?.kind === kind, { message: `must be ${words} that exists` })
    .optional()
    .openapi({ example });

export const day = () =>
  period("day", /^(19|2\d)\d{2}-\d{2}-\d{2}$/, "a day YYYY-MM-DD", "2024-09-13").openapi({
    format: "date",
    description: "A UTC day of listing.",
  });

export const week = () =>
  period(
    "week",
    /^(19|2\d)\d{2}-W(0[1-9]|[1-4]\d|5[0-3])$/,
    "an ISO week YYYY-Www",
    "2024-W37",
  ).openapi({ description: "An ISO 8601 week; some years have 53." });

export const month = () =>
  period("month", /^(19|2\d)\d{2}-(0[1-9]|1[0-2])$/, "a month YYYY-MM", "2024-09").openapi({
    description: "A month.",
  });
