/**
 * TeX's ways of writing quotation marks, dashes and ties, as the characters that they stand for.
 * What only looks like them stays: `~5` (about five), `http://host/~name`, `--flag`, `----`.
 */
export function typography(text: string): string {
  return text
    .replace(/``/g, "“")
    .replace(/''/g, "”")
    .replace(/(?<=^|[\s([{“-])`([^`'\n]{1,80})'(?![\p{L}\p{N}])/gu, "‘$1’")
    .replace(/(?<!-)---(?!-)/g, "—")
    .replace(/(?<![-\s])--(?!-)|(?<=\s)--(?=\s)/g, "–")
    .replace(/(?<=[\p{L}\p{N}.)\]])~(?=[\p{L}\p{N}\\([$])/gu, "\u00a0")
    .replace(/ {2,}/g, " ");
}
