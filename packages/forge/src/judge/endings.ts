import type { Ending } from "../session/backend.ts";
import type { Rule } from "./rules.ts";

const line = (log: string) => {
  const text = log.trim().split("\n")[0] ?? "";
  return text === "" ? "" : `; it said ${JSON.stringify(text.slice(0, 200))}`;
};

/** What the end of a candidate's process means. */
export function ruleOfEnding({ kind, detail, log }: Ending): { rule: Rule; evidence: string } {
  const evidence = `${detail}${line(log)}`;
  if (kind === "timeout") return { rule: "timeout", evidence };
  if (kind === "memory") return { rule: "memory-limit", evidence };
  if (/supervisor|its connection/.test(detail)) return { rule: "supervisor-tampering", evidence };
  if (/SIGSYS/.test(detail)) return { rule: "forbidden-system-call", evidence };
  if (/writes input/.test(detail)) return { rule: "input-mutated", evidence };
  if (/(reads|writes) (input|output)/.test(detail)) return { rule: "out-of-bounds", evidence };
  if (kind === "signal") return { rule: "crash", evidence };
  return { rule: "exited", evidence };
}
