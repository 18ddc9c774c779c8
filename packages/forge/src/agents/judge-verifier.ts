import type { Verdict } from "../judge/verdict.ts";
import { type VerifyOptions, verifyCandidate } from "../judge/verify.ts";
import type { Backend, Candidate } from "../session/backend.ts";
import type { Task } from "../task/task.ts";
import { type Check, describeFindings, type Outcome } from "./attempt.ts";

/** Rules of endings: the process is gone, whatever it was about to answer. */
const endings =
  /^(crash|exited|load-error|memory-limit|supervisor-tampering|timeout|forbidden-system-call)$/;

/** How a verdict reads as the outcome of a round. */
function checkOf(verdict: Verdict): Check {
  const rule = verdict.findings.find(({ severity }) => severity === "error")?.rule ?? "";
  const outcome: Outcome = verdict.accepted
    ? "accepted"
    : rule === "compile-error"
      ? "compile-error"
      : endings.test(rule)
        ? "crashed"
        : "rejected";
  return { outcome, log: describeFindings(verdict.findings), verdict };
}

/** The judge as the verifier of a search: every candidate is asked everything that `verifyCandidate` asks. */
export const judgeVerifier =
  (task: Task, backend: Backend, options: Omit<VerifyOptions, "signal"> = {}) =>
  async (candidate: Candidate, within: { readonly signal?: AbortSignal } = {}): Promise<Check> =>
    checkOf(await verifyCandidate(task, candidate, backend, { ...options, ...within }));
