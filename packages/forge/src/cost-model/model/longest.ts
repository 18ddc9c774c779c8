/** Tokens of a sequence that a model reads; the rest is left out and told. */
export const LONGEST = 1024;
