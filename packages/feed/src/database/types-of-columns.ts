/**
 * How both drivers read a column, by the type's object id: a `bigint` or `numeric` as a number (ours
 * stay far below 2^53), a `date` as `YYYY-MM-DD` (a day has no time zone).
 */
export const columnParsers: Readonly<Record<number, (text: string) => unknown>> = {
  20: Number,
  1700: Number,
  1082: (text) => text,
};
