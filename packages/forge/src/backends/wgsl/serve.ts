import { CandidateCompileError } from "../../session/errors.ts";
import { adapterName, requestDevice } from "./device.ts";
import { Kernel } from "./kernel.ts";
import type { Answer, Ask, Envelope } from "./messages.ts";

/**
 * Serves one candidate on one device: the whole program of the child process and of the worker.
 * Returns the function that takes the questions.
 */
export function serveKernel(
  gpu: () => Promise<GPU | undefined>,
  post: (envelope: Envelope<Answer>) => void,
): (envelope: Envelope<Ask>) => Promise<void> {
  let kernel: Kernel | undefined;
  let lost: Promise<Answer> | undefined;

  async function answer(ask: Ask): Promise<Answer> {
    if (ask.type === "compile") {
      const device = await requestDevice(await gpu());
      lost = device.lost.then(({ message }) => ({
        type: "broken",
        message: `the device was lost: ${message}`,
      }));
      kernel = await Kernel.compile(device, ask.candidate, ask.memory);
      return { type: "compiled", log: kernel.log, hardware: adapterName(device.adapterInfo) };
    }
    if (kernel === undefined) return { type: "broken", message: "no candidate was compiled" };
    return { type: "called", result: await kernel.call(ask.request) };
  }

  return async ({ nonce, turn, body }) => {
    const work = answer(body).catch((error: unknown): Answer => {
      const message = error instanceof Error ? error.message : String(error);
      return error instanceof CandidateCompileError
        ? { type: "refused", message, log: error.log }
        : { type: "broken", message };
    });
    const first = await Promise.race(lost === undefined ? [work] : [work, lost]);
    post({ nonce, turn, body: first });
  };
}
