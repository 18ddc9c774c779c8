import type {
  CallRequest,
  CallResult,
  Candidate,
  Ending,
  Limits,
  Session,
} from "../../session/backend.ts";
import { CandidateCompileError, SessionEnded } from "../../session/errors.ts";
import type { Answer, Ask, Envelope } from "./messages.ts";

/** A process or worker that owns a device and serves one candidate. */
export interface Guest {
  post(envelope: Envelope<Ask>): void;
  /** Set before the first question. */
  onAnswer: (envelope: Envelope<Answer>) => void;
  /** Called once, when it is gone by itself or was killed for its memory. */
  onEnd: (ending: Omit<Ending, "log">) => void;
  /** Whether it keeps this process alive. */
  hold(alive: boolean): void;
  /** What it wrote. */
  log(): string;
  /** Ends it at once, whatever it does; resolves when nothing of it is left. */
  kill(): Promise<void>;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** A candidate at a guest's: questions go out one at a time, each with a time limit. */
export class RemoteSession implements Session {
  readonly #guest: Guest;
  readonly #limits: Limits;
  readonly #nonce = crypto.randomUUID();
  readonly #waiting = new Map<number, Waiting>();
  #turn = 0;
  #ending: Ending | undefined;
  #closing: Promise<Ending> | undefined;

  constructor(guest: Guest, limits: Limits) {
    this.#guest = guest;
    this.#limits = limits;
    guest.onAnswer = ({ nonce, turn, body }) => {
      if (nonce === this.#nonce) this.#waiting.get(turn)?.resolve(body);
    };
    guest.onEnd = ({ kind, detail }) => void this.#end(kind, detail);
  }

  /** @throws CandidateCompileError, or SessionEnded when the compiler hangs or brings it down. */
  async compile(
    candidate: Candidate,
    made: Uint8Array<ArrayBuffer> | null,
    signal?: AbortSignal,
  ): Promise<Extract<Answer, { type: "compiled" }>> {
    const { memory, compileTimeout } = this.#limits;
    const ask = { type: "compile", candidate, memory, made } as const;
    const body = await this.#ask(ask, compileTimeout, signal);
    if (body.type === "compiled") return body;
    return this.#failed(body);
  }

  async call(request: CallRequest, { signal }: { signal?: AbortSignal } = {}): Promise<CallResult> {
    const copies = Math.max(1, request.timed ?? 0);
    const body = await this.#ask(
      { type: "call", request },
      this.#limits.callTimeout * copies,
      signal,
    );
    if (body.type === "called") return body.result;
    return this.#failed(body);
  }

  /** Whether calls may still be made. */
  get open(): boolean {
    return this.#closing === undefined;
  }

  /** Lets this process end although the session is open. */
  hold(alive: boolean): void {
    this.#guest.hold(alive);
  }

  close(): Promise<Ending> {
    return this.#end("closed", "");
  }

  async #failed(body: Answer): Promise<never> {
    if (body.type === "refused") {
      await this.close();
      throw new CandidateCompileError(body.message, body.log);
    }
    const { kind, message } =
      body.type === "broken"
        ? body
        : { kind: "exited" as const, message: `an answer of kind ${body.type}` };
    throw new SessionEnded(await this.#end(kind, message));
  }

  async #ask(ask: Ask, timeout: number, signal?: AbortSignal): Promise<Answer> {
    signal?.throwIfAborted();
    if (this.#ending !== undefined) throw new SessionEnded(this.#ending);
    const turn = this.#turn++;
    const stop = () => this.#end("closed", "aborted");
    signal?.addEventListener("abort", stop, { once: true });
    const timer = setTimeout(() => this.#end("timeout", `${timeout} ms`), timeout);
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.#waiting.set(turn, { resolve, reject });
        this.#guest.post({ nonce: this.#nonce, turn, body: ask });
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      this.#waiting.delete(turn);
    }
  }

  #end(kind: Ending["kind"], detail: string): Promise<Ending> {
    this.#closing ??= (async () => {
      await this.#guest.kill();
      const ending = { kind, detail, log: this.#guest.log() };
      this.#ending = ending;
      for (const { reject } of this.#waiting.values()) reject(new SessionEnded(ending));
      return ending;
    })();
    return this.#closing;
  }
}
