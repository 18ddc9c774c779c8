/** `1 vote`, `2 votes`: a number with the noun that it counts. */
export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
