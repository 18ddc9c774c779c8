export { FastGram, type FastGramOptions } from "./fast-gram.ts";
export type { Structure } from "./structure.ts";
