import { typeError } from "@daily-kernel/compute";

/** Lines that editors and people put between completions. */
const usual: readonly RegExp[] = [
  /^\s*(?:\/\/|#|!|--)?\s*={4,}\s*$/,
  /^\s*(?:\/\/|#|!|--)?\s*-{4,}\s*$/,
  /^\s*(?:\/\/|#|!|--)?\s*(?:suggestion|solution|completion)\s*#?\d+\b.*$/i,
];

function checkSeparators(separators: unknown): void {
  const ok =
    Array.isArray(separators) &&
    separators.every((cut) => typeof cut === "string" || cut instanceof RegExp);
  if (!ok) {
    throw typeError("parseSuggestions: separators must be an array of strings and expressions");
  }
}

/** The text between fences of three or more backticks or tildes; a last one may stay open. */
function fenced(lines: readonly string[]): string[] | undefined {
  const blocks: string[] = [];
  let open: { fence: string; from: number } | undefined;
  for (const [at, line] of lines.entries()) {
    const [, fence] = /^\s*(`{3,}|~{3,})/.exec(line) ?? [];
    if (open === undefined) {
      if (fence !== undefined) open = { fence, from: at + 1 };
    } else if (fence?.startsWith(open.fence) && line.trim() === fence) {
      blocks.push(lines.slice(open.from, at).join("\n"));
      open = undefined;
    }
  }
  if (open !== undefined) blocks.push(lines.slice(open.from).join("\n"));
  return blocks.length > 0 ? blocks : undefined;
}

/**
 * The sources in a text with several completions, empty ones dropped. A separator is a line: a
 * string is compared with the line without its surrounding white space, a regular expression must
 * match. Without separators the text is cut by code fences if it has any, else at lines of `====`,
 * `----` or `Suggestion 3`, commented or not.
 *
 * @throws TypeError if `text` is no string.
 */
export function parseSuggestions(
  text: string,
  separators?: readonly (string | RegExp)[],
): readonly string[] {
  if (typeof text !== "string") throw typeError("parseSuggestions: text must be a string");
  if (separators !== undefined) checkSeparators(separators);
  const lines = text.split(/\r?\n/);
  const parts = (separators === undefined ? fenced(lines) : undefined) ?? [];
  if (parts.length === 0) {
    const cuts = separators ?? usual;
    let from = 0;
    for (const [at, line] of lines.entries()) {
      const isCut = cuts.some((cut) =>
        typeof cut === "string" ? line.trim() === cut.trim() : line.search(cut) >= 0,
      );
      if (!isCut) continue;
      parts.push(lines.slice(from, at).join("\n"));
      from = at + 1;
    }
    parts.push(lines.slice(from).join("\n"));
  }
  return parts
    .map((part) => part.replace(/^(?:[ \t]*\n)+/, "").trimEnd())
    .filter((part) => part !== "");
}
