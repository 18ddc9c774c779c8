import { domainError, typeError } from "@daily-kernel/compute";
import { inputError } from "./feed-error.ts";

/** Checks of arguments at the doors of this package: what passes can neither be NaN nor crash. */

/** @throws TypeError `ERR_TYPE` unless the value is a string. */
export function checkText(name: string, value: unknown): void {
  if (typeof value !== "string") {
    throw typeError(`${name} must be a string, got ${value === null ? "null" : typeof value}`);
  }
}

/** @throws RangeError `ERR_DOMAIN` unless `least <= value < Infinity`. */
export function checkNumber(name: string, value: number, least = -Infinity): void {
  if (!(Number.isFinite(value) && value >= least)) {
    const range = least === -Infinity ? "a finite number" : `a finite number >= ${least}`;
    throw domainError(`${name} must be ${range}, got ${value}`);
  }
}

/** @throws FeedError `ERR_INPUT` unless the value is a `Date` that is one. */
export function checkMoment(name: string, value: Date): void {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) {
    throw inputError(`${name} must be a valid Date, got ${String(value)}`);
  }
}

/** @throws FeedError `ERR_INPUT` unless the value is a whole number from `least` to `most`. */
export function checkCount(name: string, value: number, least = 0, most = 0x7fff_ffff): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw inputError(`${name} must be an integer in ${least}..${most}, got ${value}`);
  }
}

/** Whether the value is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(value: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === value;
}

/** @throws FeedError `ERR_INPUT` unless the value is a day of the calendar, `YYYY-MM-DD`. */
export function checkDay(name: string, value: string): void {
  if (!isDay(value)) throw inputError(`${name} must be a day YYYY-MM-DD, got ${String(value)}`);
}

/** @throws FeedError `ERR_INPUT` unless links of a mail can begin so: http(s), no slash at the end. */
export function checkBase(name: string, value: string): void {
  if (!(URL.canParse(value) && /^https?:\/\/[^\s?#]*[^\s?#/]$/.test(value))) {
    throw inputError(`${name} must be like https://example.org, got ${String(value)}`);
  }
}
