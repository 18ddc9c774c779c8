/**
 * Whether a request's address holds what no database keeps and no page is named: an escaped U+0000,
 * or escapes that are no UTF-8. Where it is refused once, nobody behind has to think of it.
 */
export function isBadAddress(address: string): boolean {
  try {
    // A plus is a space in a query; neither of the two is looked for.
    return decodeURIComponent(address).includes("\0");
  } catch {
    return true;
  }
}
