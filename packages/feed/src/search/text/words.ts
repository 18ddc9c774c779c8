import { fold } from "./fold.ts";

/** What is longer is no word, but a way to fill the memory. */
const LONGEST = 64;

/** The folded words of a text in their order; of English ones `[a-z0-9]+`. */
export const words = (text: string): string[] =>
  (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, LONGEST));
