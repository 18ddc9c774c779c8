/** Where a `mailto:` unsubscription goes; the token tells whose it is. */
export const unsubscribeAddress = (token: string, domain: string): string => `u-${token}@${domain}`;

/** The token in such an address; null if it is none. */
export const unsubscribeToken = (address: string): string | null =>
  /^u-([0-9a-f]{56})@/i.exec(address)?.[1] ?? null;
