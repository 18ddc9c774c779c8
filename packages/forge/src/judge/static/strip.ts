import type { Language } from "../../session/backend.ts";

const cLike =
  /\/\*[\s\S]*?(?:\*\/|$)|\/\/(?:\\\r?\n|[^\n])*|R"([^()\\ ]{0,16})\([\s\S]*?\)\1"|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])+'/g;
const hashLike =
  /"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*/g;
const bangLike = /"[^"\n]*"|'[^'\n]*'|!(?!\$)[^\n]*/g;

const lines = (text: string) => "\n".repeat(text.split("\n").length - 1);

/** A source without comments and with texts emptied; every line keeps its number. */
export function strip(source: string, language: Language): string {
  const pattern = language === "python" ? hashLike : language === "fortran" ? bangLike : cLike;
  return source.replace(pattern, (found) => {
    // The name under which Fortran is called: the one text that a rule looks at.
    if (language === "fortran" && /^["']forge_kernel["']$/.test(found)) return found;
    const quote = found.at(-1);
    const text = /^(R?"|')/.test(found) && (quote === '"' || quote === "'");
    return (text ? '""' : " ") + lines(found);
  });
}
