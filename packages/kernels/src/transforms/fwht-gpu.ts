import { checkRunOptions, checkType, unsupportedError } from "@daily-kernel/compute";
import { type Batch, type BatchOptions, batchOf, unitaryScale } from "./batch.ts";
import { fwhtShader, passesOf, TILE_LOG } from "./fwht-wgsl.ts";
import { checkArray32 } from "./fwht32.ts";

/** Options of `fwht32Gpu`. */
export interface FwhtGpuOptions extends BatchOptions {
  signal?: AbortSignal | undefined;
}

// The specification's numbers: Node has no such globals.
const [MAP_READ, COPY_SRC, COPY_DST, UNIFORM, STORAGE] = [0x1, 0x4, 0x8, 0x40, 0x80];

const pipelines = new WeakMap<GPUDevice, Map<string, Promise<GPUComputePipeline>>>();

/** The pipeline of one type of numbers on a device; compiled once. */
function pipelineOf(device: GPUDevice, type: "f32" | "i32"): Promise<GPUComputePipeline> {
  const known = pipelines.get(device) ?? new Map<string, Promise<GPUComputePipeline>>();
  pipelines.set(device, known);
  let pipeline = known.get(type);
  if (pipeline === undefined) {
    const module = device.createShaderModule({ code: fwhtShader(type) });
    pipeline = device.createComputePipelineAsync({ layout: "auto", compute: { module } });
    pipeline.catch(() => known.delete(type));
    known.set(type, pipeline);
  }
  return pipeline;
}

/**
 * `fwht32` on a GPU, in WGSL: the same bits (subnormal numbers aside, which a GPU may take for 0). Six
 * stages or more a pass over memory; the numbers stay on the device from the first to the last.
 *
 * @throws as `fwht32`; (rejects) TypeError `ERR_TYPE` for what is no device, Error `ERR_UNSUPPORTED` with the
 *   device's words if it refuses the work, and the signal's reason when aborted.
 */
export async function fwht32Gpu<A extends Float32Array | Int32Array>(
  device: GPUDevice,
  y: A,
  options: FwhtGpuOptions = {},
): Promise<A> {
  const fn = "fwht32Gpu";
  const usable = typeof device?.createShaderModule === "function";
  checkType(usable, fn, "device", "a GPUDevice", device);
  checkArray32(fn, y);
  const batch = batchOf(fn, y.length, options);
  checkRunOptions(fn, options);
  const { signal } = options;
  signal?.throwIfAborted();
  if (y.length === 0) return y.slice() as A;
  const owned: GPUBuffer[] = [];
  const create = (size: number, usage: number) => {
    const buffer = device.createBuffer({ size: Math.max(16, size), usage });
    owned.push(buffer);
    return buffer;
  };
  try {
    const pipeline = await pipelineOf(device, y instanceof Float32Array ? "f32" : "i32");
    device.pushErrorScope("out-of-memory");
    device.pushErrorScope("validation");
    const numbers = create(y.byteLength, STORAGE | COPY_SRC | COPY_DST);
    device.queue.writeBuffer(numbers, 0, y.buffer, y.byteOffset, y.byteLength);
    const encoder = device.createCommandEncoder();
    encodePasses(device, encoder, pipeline, batch, numbers, (size) =>
      create(size, UNIFORM | COPY_DST),
    );
    const staging = create(y.byteLength, MAP_READ | COPY_DST);
    encoder.copyBufferToBuffer(numbers, 0, staging, 0, y.byteLength);
    device.queue.submit([encoder.finish()]);
    const invalid = device.popErrorScope();
    const exhausted = device.popErrorScope();
    const error = (await invalid) ?? (await exhausted);
    if (error !== null) throw unsupportedError(`${fn}: ${error.message}`);
    await staging.mapAsync(MAP_READ);
    signal?.throwIfAborted();
    const copy = staging.getMappedRange().slice(0, y.byteLength);
    return new (y.constructor as new (buffer: ArrayBuffer) => A)(copy);
  } finally {
    for (const buffer of owned) buffer.destroy();
  }
}

/** One dispatch a pass; dispatches of one encoder see what those before them wrote. */
function encodePasses(
  device: GPUDevice,
  encoder: GPUCommandEncoder,
  pipeline: GPUComputePipeline,
  { rows, n, m }: Batch,
  numbers: GPUBuffer,
  uniform: (size: number) => GPUBuffer,
): void {
  for (const { stages, strideLog } of passesOf(m)) {
    const tileLog = Math.min(TILE_LOG, m);
    const parameters = uniform(16);
    const words = Uint32Array.of(stages, strideLog, tileLog, 0);
    new Float32Array(words.buffer)[3] = unitaryScale(m);
    device.queue.writeBuffer(parameters, 0, words);
    const group = device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [parameters, numbers].map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups((rows * n) / 2 ** tileLog);
    pass.end();
  }
}
