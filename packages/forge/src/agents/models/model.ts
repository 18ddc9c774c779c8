import { ForgeError } from "../../session/errors.ts";
import type { Usage } from "../attempt.ts";

interface Request {
  readonly system: string;
  readonly prompt: string;
  /** 0.2 by default. */
  readonly temperature?: number;
  /** 16384 by default. */
  readonly maxOutputTokens?: number;
  readonly signal?: AbortSignal;
}

interface Reply {
  readonly text: string;
  readonly usage: Usage;
}

/** Whatever answers a prompt. */
export interface Model {
  readonly id: string;
  complete(request: Request): Promise<Reply>;
}

/** `ERR_MODEL_UNAVAILABLE`: no endpoint, no key, or it does not answer; names what to set. */
export const modelUnavailable = (message: string) =>
  new ForgeError("ERR_MODEL_UNAVAILABLE", message);
