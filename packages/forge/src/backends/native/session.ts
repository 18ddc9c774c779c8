import { type ChildProcess, spawn } from "node:child_process";
import type { CallRequest, CallResult, Ending, Limits, Session } from "../../session/backend.ts";
import { SessionEnded } from "../../session/errors.ts";
import { warden } from "./warden.ts";
import { type Answer, decodeAnswer, decodeResult, encodeCall } from "./wire.ts";

export interface SessionOptions {
  readonly limits: Limits;
  /** Shared libraries that the kernel may use; others are not to be found. */
  readonly libraries: readonly string[];
  /** What OpenMP takes for the number of threads. */
  readonly threads?: number | undefined;
  readonly wide?: boolean;
  readonly binds?: readonly string[];
  readonly unsafe?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Opens a compiled kernel in the sandbox and waits until it is loaded. */
export async function openSession(kernel: string, options: SessionOptions): Promise<Session> {
  const { limits, libraries, threads, binds = [], signal } = options;
  signal?.throwIfAborted();
  const args = [
    "session",
    `kernel=${kernel}`,
    `memory=${limits.memory}`,
    `processes=${limits.processes}`,
    `timeout=${limits.callTimeout}`,
    ...(options.unsafe ? ["bare"] : []),
    ...(options.wide ? ["wide"] : []),
    ...libraries.map((name) => `lib=${name}`),
    ...binds.map((folder) => `bind=${folder}`),
  ];
  const env =
    threads === undefined ? {} : { OMP_NUM_THREADS: String(threads), GOMP_SPINCOUNT: "2000" };
  const child = spawn(await warden(), args, { stdio: ["pipe", "pipe", "pipe"], env });
  const session = new WardenSession(child, limits.callTimeout);
  const answer = await session.answer(signal);
  if (answer.kind === "ended") throw new SessionEnded(session.ending ?? endingOf(answer));
  return session;
}

const kinds: readonly Ending["kind"][] = ["closed", "exited", "signal", "timeout", "memory"];
const endingOf = ({ how, detail, log }: Answer & { kind: "ended" }): Ending => ({
  kind: kinds.find((kind) => kind === how) ?? "exited",
  detail,
  log,
});

class WardenSession implements Session {
  ending: Ending | undefined;
  readonly #child: ChildProcess;
  readonly #timeout: number;
  readonly #gone: Promise<void>;
  #received: Buffer[] = [];
  #size = 0;
  #said = "";
  #waiting: ((answer: Answer) => void) | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(child: ChildProcess, timeout: number) {
    this.#child = child;
    this.#timeout = timeout;
    child.stdin?.on("error", () => {});
    child.stdout?.on("data", (data: Buffer) => this.#take(data));
    child.stderr?.on("data", (data: Buffer) => {
      this.#said = (this.#said + data.toString("utf8")).slice(0, 4000);
    });
    this.#gone = new Promise((resolve) => {
      const end = (detail: string) => {
        this.ending ??= { kind: "exited", detail, log: this.#said };
        this.#deliver({
          kind: "ended",
          how: "exited",
          detail: this.#said || detail,
          log: this.#said,
        });
        resolve();
      };
      child.on("error", (error) => end(error.message));
      child.on("close", (code) => end(`its supervisor ended with code ${code}`));
    });
  }

  #take(data: Buffer): void {
    this.#received.push(data);
    this.#size += data.length;
    if (this.#size < 8) return;
    if ((this.#received[0]?.length ?? 0) < 8) this.#received = [Buffer.concat(this.#received)];
    const length = Number(this.#received[0]?.readBigUInt64LE(0) ?? 0n);
    if (this.#size < 8 + length) return;
    const frame = Buffer.concat(this.#received).subarray(8);
    this.#received = [];
    this.#size = 0;
    this.#deliver(decodeAnswer(frame));
  }

  #deliver(answer: Answer): void {
    if (answer.kind === "ended") this.ending ??= endingOf(answer);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(answer);
  }

  /** The next answer; aborting ends the session. */
  answer(signal?: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.#waiting = undefined;
        this.#child.kill("SIGKILL");
        reject(signal?.reason);
      };
      this.#waiting = (answer) => {
        signal?.removeEventListener("abort", abort);
        resolve(answer);
      };
      if (signal?.aborted) return abort();
      signal?.addEventListener("abort", abort, { once: true });
    });
  }

  call(request: CallRequest, { signal }: { signal?: AbortSignal } = {}): Promise<CallResult> {
    const next = this.#last.then(() => this.#call(request, signal));
    this.#last = next.catch(() => {});
    return next;
  }

  async #call(request: CallRequest, signal?: AbortSignal): Promise<CallResult> {
    if (this.ending) throw new SessionEnded(this.ending);
    const answer = this.answer(signal);
    for (const part of encodeCall(request, this.#timeout)) this.#child.stdin?.write(part);
    const got = await answer;
    if (got.kind === "result") return decodeResult(got.body, request);
    throw new SessionEnded(this.ending ?? { kind: "exited", detail: got.kind, log: "" });
  }

  async close(): Promise<Ending> {
    this.#child.stdin?.end();
    await this.#gone;
    return this.ending ?? { kind: "closed", detail: "", log: "" };
  }
}
