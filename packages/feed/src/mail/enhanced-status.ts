/** The enhanced status code (RFC 3463, `5.1.1`) in a server's words; null if there is none. */
export const enhancedStatus = (words: string): string | null =>
  /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(words)?.[0] ?? null;
