import { z } from "@hono/zod-openapi";

/** Text of `min` to `max` characters (code points, as JSON Schema counts them) without U+0000. */
export const text = (min: number, max: number) =>
  z
    .string()
    .refine((value) => !value.includes("\0"), { message: "must not hold the character U+0000" })
    .refine((value) => within(value, min, max), {
      message:
        min > 0 ? `must have ${min} to ${max} characters` : `must have at most ${max} characters`,
    })
    .openapi({ ...(min > 0 && { minLength: min }), maxLength: max, pattern: "^[^\\u0000]*$" });

function within(value: string, min: number, max: number): boolean {
  // Code points are at least half the UTF-16 units: long texts need no counting.
  if (value.length > 2 * max) return false;
  const { length } = Array.from(value);
  return length >= min && length <= max;
}

/** An integer in the query of an address. */
export const integerParameter = (options: {
  min: number;
  max: number;
  default?: number;
  description: string;
}) => {
  const { min, max, description } = options;
  const message = `must be an integer in ${min}..${max}`;
  const schema = z
    .string()
    .regex(/^[+-]?\d{1,15}$/, { message })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { message });
  return schema.optional().openapi({
    type: "integer",
    minimum: min,
    maximum: max,
    // The form of the text, which an integer has not.
    pattern: undefined as unknown as string,
    ...(options.default !== undefined && { default: options.default as unknown as string }),
    description,
  });
};

/** A moment in UTC, `2024-09-13T00:00:00.000Z`. */
export const moment = (description?: string) =>
  description === undefined ? z.iso.datetime() : z.iso.datetime().openapi({ description });

/** Twenty-four hexadecimal digits. */
export const objectId = () =>
  z.string().regex(/^[0-9a-f]{24}$/, { message: "must be 24 hexadecimal digits" });

export const count = () => z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** An arXiv id of the form that is given out since April 2007, with four digits until 2014. */
export const newArxivId = () =>
  z
    .string()
    .regex(
      /^((07(0[4-9]|1[0-2])|(0[89]|1[0-4])(0[1-9]|1[0-2]))\.(\d{3}[1-9]|\d{2}[1-9]0|\d[1-9]00|[1-9]000)|(1[5-9]|[2-9]\d)(0[1-9]|1[0-2])\.(\d{4}[1-9]|\d{3}[1-9]0|\d{2}[1-9]00|\d[1-9]000|[1-9]0000))$/,
      { message: "must be an arXiv id such as 2409.08729" },
    )
    .openapi({ example: "2409.08729" });

/** An address that starts with `https://`, on a host with a name. */
export const httpsAddress = () =>
  z
    .string()
    .max(500)
    .regex(/^https:\/\/([a-z0-9]+(-[a-z0-9]+)*\.)+[a-z]{2,20}(\/[\x21-\x7e]*)?$/i, {
      message: "must be an address that starts with https://",
    })
    .openapi({ example: "https://example.org/page" });
