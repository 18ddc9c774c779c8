import { unsupportedError } from "@daily-kernel/compute";
import { nodeSource } from "@daily-kernel/datasets/node";
import type { Paper } from "./paper.ts";
import type { Room } from "./room.ts";
import { type RunOptions, runOwnInput, runRoom } from "./run-room.ts";
import type { Verdict } from "./verdict.ts";

const defaults: RunOptions = {
  preset: "quick",
  seed: 1,
  device: "wasm",
  threads: 1,
  source: nodeSource({}),
  gpu: async () => {
    throw unsupportedError("this test runs without WebGPU");
  },
};

/**
 * Runs a room and gives each claim's verdict. With a `subject`, the wrong implementation that it
 * names stands in for ours: the test of a claim is that its verdict then becomes `fails`.
 */
export async function verdictsOf<P extends Paper, Subject extends object>(
  room: Room<P, Subject>,
  { subject, ...options }: Partial<RunOptions> & { subject?: Partial<Subject> } = {},
): Promise<Record<string, Verdict>> {
  const { claims } = await runRoom(
    room,
    { ...defaults, ...options },
    { ...room.subject, ...subject },
  );
  return Object.fromEntries(claims.map((claim) => [claim.id, claim.verdict]));
}

/** What a room makes of the reader's own input, its form's checks included. */
export const ownResultOf = (room: Room, values: Readonly<Record<string, unknown>>) =>
  runOwnInput(room, values, defaults);
