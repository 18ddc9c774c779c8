import type { SourceLanguage } from "./models.ts";

/** Comments and the insides of strings become blanks; what is left is code, line by line. */
export function stripComments(source: string, language: SourceLanguage): string {
  const text = source.replaceAll("\r\n", "\n");
  if (language === "fortran") return fortran(text);
  if (language === "python" || language === "julia") return blank(text, script);
  return blank(withoutDeadBranches(blank(text, braces)), /$^/g);
}

const braces =
  /\/\/(?:\\\n|[^\n])*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;
const script =
  /#=[\s\S]*?(?:=#|$)|#[^\n]*|"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;

/** The text of `_Pragma("...")` and of includes is code. */
const isCode = (before: string) => /(?:_Pragma\s*\(\s*|#\s*include\s*)$/.test(before);

function blank(text: string, what: RegExp): string {
  return text.replace(what, (match, at: number) =>
    match.startsWith('"') && isCode(text.slice(Math.max(0, at - 40), at))
      ? match
      : match.replace(/[^\n]/g, " "),
  );
}

/** What stands between `#if 0` and its `#else` or `#endif` is no code. */
function withoutDeadBranches(text: string): string {
  let depth = 0;
  let deadAt = 0;
  const lines = text.replace(/\\\n/g, " ").split("\n");
  return lines
    .map((line) => {
      const [, word, rest = ""] = /^\s*#\s*(if\w*|else|elif|endif)\b(.*)/.exec(line) ?? [];
      if (word?.startsWith("if")) {
        depth++;
        if (deadAt === 0 && /^\s*(?:0|false)\s*$/.test(rest)) deadAt = depth;
      } else if (word === "endif") {
        if (deadAt === depth) deadAt = 0;
        depth--;
      } else if (word !== undefined && deadAt === depth) deadAt = 0;
      return deadAt > 0 ? "" : line;
    })
    .join("\n");
}

/** Lower case, continued lines joined, comments gone but for the sentinels of directives. */
function fortran(text: string): string {
  const lines = text
    .toLowerCase()
    .split("\n")
    .map((line) => {
      const [, directive] = /^\s*[!c*](\$(?:omp|acc)\b.*)/.exec(line) ?? [];
      if (directive !== undefined) return `!${directive}`;
      if (/^[c*](?:\s|$)/.test(line)) return "";
      return line.replace(/'[^']*'|"[^"]*"|!.*/g, (match) => (match[0] === "!" ? "" : "''"));
    });
  return lines.join("\n").replace(/&[ \t]*\n\s*(?:!\$(?:omp|acc)\s*)?&?/g, " ");
}
