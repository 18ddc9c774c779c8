import { randomBytes } from "node:crypto";

/**
 * A fresh identifier: 24 hexadecimal digits, seconds first so that later ones sort later, then 64
 * random bits. The form is that of the identifiers in the Hugging Face contract.
 */
export const newId = (at: Date = new Date()): string =>
  Math.floor(at.getTime() / 1000)
    .toString(16)
    .padStart(8, "0") + randomBytes(8).toString("hex");
