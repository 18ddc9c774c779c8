import { randomBytes } from "node:crypto";
import { checkMoment } from "../check.ts";

/**
 * A fresh identifier: 24 hexadecimal digits, seconds first so that later ones sort later, then 64
 * random bits; `ERR_INPUT` for an invalid date. The form is that of the identifiers in the Hugging Face contract.
 */
export function newId(at: Date = new Date()): string {
  checkMoment("the time", at);
  const seconds = Math.floor(at.getTime() / 1000).toString(16);
  return seconds.padStart(8, "0") + randomBytes(8).toString("hex");
}
