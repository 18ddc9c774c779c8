import type { Language } from "../../session/backend.ts";
import type { Finding } from "../verdict.ts";
import { patterns } from "./patterns.ts";
import { strip } from "./strip.ts";

/** Assembly that leaves the process, reads its clock or another file, or spells instructions as data. */
const badAssembly =
  /\b(syscall|sysenter|int\s+\$?0x80|svc|rdtscp?|rdpmc)\b|\.(incbin|include|byte|[248]?byte|value|short|hword|word|int|long|quad|octa|ascii|insn)\b/;

/** Files that a source may include: headers by name, from the toolchain's own folders. */
const badInclude =
  /^[ \t]*#[ \t]*(?:include(?:_next)?|import|embed)\b[ \t]*(?:[<"][ \t]*(?:\/|[^>"\n]*\.\.)[^>"\n]*[>"]|"[^"\n]*")|^[ \t]*#[ \t]*embed\b|__has_(?:include|embed)\s*\(\s*[<"]\s*\//m;

const lineOf = (source: string, index: number) => source.slice(0, index).split("\n").length;

function found(source: string, index: number, about: Pick<Finding, "rule" | "severity">): Finding {
  const line = lineOf(source, index);
  const text = (source.split("\n")[line - 1] ?? "").trim().slice(0, 160);
  return { ...about, evidence: `line ${line}: ${text}` };
}

/**
 * What the text of a source says before anything runs, one finding a rule. It is the first fence and
 * not the last: whoever hides from it meets the symbol table, the sandbox and the calls.
 */
export function staticCheck(source: string, language: Language): Finding[] {
  const findings: Finding[] = [];
  const add = (index: number, rule: Finding["rule"], severity: Finding["severity"]) => {
    if (findings.every((finding) => finding.rule !== rule))
      findings.push(found(source, index, { rule, severity }));
  };
  const code = strip(source, language);
  for (const { rule, severity, pattern } of patterns[language]) {
    const at = code.search(pattern);
    if (at >= 0) add(indexOfLine(source, lineOf(code, at)), rule, severity);
  }
  if (["c", "cpp", "cuda", "opencl"].includes(language)) {
    // Splices join lines before anything else, also within a directive.
    const joined = source.replaceAll(/\\\r?\n/g, "");
    const include = joined.search(badInclude);
    if (include >= 0)
      findings.push(found(joined, include, { rule: "forbidden-include", severity: "error" }));
    if (/\b(asm|__asm|__asm__)\b/.test(code)) {
      const at = source.search(badAssembly);
      if (at >= 0) add(at, "system-call", "error");
    }
  }
  return findings;
}

const indexOfLine = (source: string, line: number): number =>
  source
    .split("\n")
    .slice(0, line - 1)
    .reduce((sum, text) => sum + text.length + 1, 0);
