import type { Candidate } from "../../session/backend.ts";
import type { Served } from "../remote/serve.ts";
import { adapterName, requestDevice } from "./device.ts";
import { Kernel } from "./kernel.ts";

/** A WGSL candidate on a device of its own. */
export async function makeWgsl(
  gpu: GPU | undefined,
  candidate: Candidate,
  memory: number,
): Promise<Served> {
  const device = await requestDevice(gpu);
  const kernel = await Kernel.compile(device, candidate, memory);
  return {
    log: kernel.log,
    hardware: adapterName(device.adapterInfo),
    made: null,
    call: (request) => kernel.call(request),
    lost: device.lost.then(({ message }) => `the device was lost: ${message}`),
  };
}
