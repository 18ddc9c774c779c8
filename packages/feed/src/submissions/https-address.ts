/** Whether a text is an address that a page may lead to: `https:`, nobody's password, no longer than 500. */
export function isHttpsAddress(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed?.protocol === "https:" && parsed.username === "" && url.length <= 500;
}
