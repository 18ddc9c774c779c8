import { checkObject, checkSignal, checkType } from "./checks.ts";
import { domainError, typeError, unsupportedError } from "./errors.ts";

type Numbers = Float32Array | Int32Array | Uint32Array;

/**
 * One buffer of a compute shader. `read` is `var<storage, read>`, `uniform` is `var<uniform>`, and
 * `write` is `var<storage, read_write>`, which starts with the array's values.
 */
export type GpuBuffer = { read: Numbers } | { uniform: Numbers } | { write: Numbers };

/** A compute shader and what it works on. */
export interface GpuJob {
  /** WGSL; buffer i is `@group(0) @binding(i)`. */
  code: string;
  /** Default "main". */
  entryPoint?: string;
  buffers: readonly GpuBuffer[];
  /** Workgroups along x, y and z. */
  workgroups: readonly [x: number, y?: number, z?: number];
  signal?: AbortSignal;
}

// The specification's numbers: Node has no such globals.
const MAP_READ = 0x1;
const COPY_SRC = 0x4;
const COPY_DST = 0x8;
const UNIFORM = 0x40;
const STORAGE = 0x80;
const STAGE_COMPUTE = 0x4;
const MODE_READ = 0x1;

/** Compiled pipelines by device, then by shader and binding types: compiling costs milliseconds. */
const pipelines = new WeakMap<GPUDevice, Map<string, Promise<GPUComputePipeline>>>();

const TYPES = { read: "read-only-storage", uniform: "uniform", write: "storage" } as const;

function unpack(buffer: GpuBuffer, index: number): { type: GPUBufferBindingType; data: Numbers } {
  for (const [key, data] of Object.entries(buffer ?? {})) {
    const type = TYPES[key as keyof typeof TYPES];
    const numbers =
      data instanceof Float32Array || data instanceof Int32Array || data instanceof Uint32Array;
    if (type !== undefined && numbers && data.length > 0) return { type, data };
  }
  throw typeError(
    `runCompute: buffers[${index}] must be { read }, { uniform } or { write } with a non-empty Float32Array, Int32Array or Uint32Array`,
  );
}

async function compile(
  device: GPUDevice,
  { code, entryPoint = "main" }: GpuJob,
  types: readonly GPUBufferBindingType[],
): Promise<GPUComputePipeline> {
  device.pushErrorScope("validation");
  const module = device.createShaderModule({ code });
  void device.popErrorScope(); // its news stands in the compilation messages
  const { messages } = await module.getCompilationInfo();
  const errors = messages.filter(({ type }) => type === "error");
  if (errors.length > 0) {
    const lines = errors.map((m) => `${m.lineNum}:${m.linePos} ${m.message}`);
    throw typeError(`runCompute: the shader does not compile: ${lines.join("; ")}`);
  }
  const layout = device.createBindGroupLayout({
    entries: types.map((type, binding) => ({
      binding,
      visibility: STAGE_COMPUTE,
      buffer: { type },
    })),
  });
  try {
    return await device.createComputePipelineAsync({
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint },
    });
  } catch (error) {
    throw unsupportedError(`runCompute: ${error instanceof Error ? error.message : error}`);
  }
}

function pipelineFor(
  device: GPUDevice,
  job: GpuJob,
  types: readonly GPUBufferBindingType[],
): Promise<GPUComputePipeline> {
  const known = pipelines.get(device) ?? new Map<string, Promise<GPUComputePipeline>>();
  pipelines.set(device, known);
  const key = [job.entryPoint, ...types, job.code].join("|");
  let pipeline = known.get(key);
  if (pipeline === undefined) {
    pipeline = compile(device, job, types);
    pipeline.catch(() => known.delete(key));
    known.set(key, pipeline);
  }
  return pipeline;
}

function requireJob(device: GPUDevice, job: GpuJob): void {
  const usable = typeof device === "object" && typeof device?.createShaderModule === "function";
  checkType(usable, "runCompute", "device", "a GPUDevice", device);
  checkObject("runCompute", "job", job);
  const { code, entryPoint = "main", buffers, workgroups, signal } = job;
  checkType(typeof code === "string", "runCompute", "job.code", "a string", code);
  checkType(typeof entryPoint === "string", "runCompute", "job.entryPoint", "a string", entryPoint);
  checkType(Array.isArray(buffers), "runCompute", "job.buffers", "an array", buffers);
  const counts = Array.isArray(workgroups) && workgroups.length >= 1 && workgroups.length <= 3;
  checkType(counts, "runCompute", "job.workgroups", "[x, y?, z?]", workgroups);
  checkSignal("runCompute", "job.signal", signal);
  const most = device.limits.maxComputeWorkgroupsPerDimension;
  for (const n of workgroups) {
    const number = n === undefined || typeof n === "number";
    checkType(number, "runCompute", "job.workgroups", "[x, y?, z?]", workgroups);
    if (n !== undefined && !(Number.isInteger(n) && n >= 1 && n <= most)) {
      throw domainError(
        `runCompute: job.workgroups must be integers in 1..${most}, got ${workgroups}`,
      );
    }
  }
}

/**
 * Runs a compute shader once: uploads the buffers, dispatches, and returns the contents of the
 * `write` buffers, in their order, as new arrays of the types that were given. Every GPU buffer is
 * destroyed again; the compiled pipeline is kept for the device's next call with the same code.
 *
 * Throws `ERR_TYPE` with line and column when the shader does not compile, `ERR_DOMAIN` for
 * workgroup counts outside the device's limits, `ERR_UNSUPPORTED` with the device's words when it
 * rejects the job (bindings that do not fit the shader, too large a buffer, memory), and the
 * signal's reason when aborted.
 */
export async function runCompute(device: GPUDevice, job: GpuJob): Promise<Numbers[]> {
  requireJob(device, job);
  job.signal?.throwIfAborted();
  const inputs = job.buffers.map(unpack);
  const owned: GPUBuffer[] = [];
  const create = (size: number, usage: number): GPUBuffer => {
    const buffer = device.createBuffer({ size: Math.max(16, size), usage });
    owned.push(buffer);
    return buffer;
  };
  try {
    const pipeline = await pipelineFor(
      device,
      job,
      inputs.map(({ type }) => type),
    );
    device.pushErrorScope("out-of-memory");
    device.pushErrorScope("validation");
    const encoder = device.createCommandEncoder();
    const outputs: { staging: GPUBuffer; data: Numbers; source: GPUBuffer }[] = [];
    const entries = inputs.map(({ type, data }, binding) => {
      const kind = type === "uniform" ? UNIFORM : STORAGE;
      const buffer = create(data.byteLength, kind | COPY_SRC | COPY_DST);
      device.queue.writeBuffer(buffer, 0, data.buffer, data.byteOffset, data.byteLength);
      if (type === "storage") {
        outputs.push({
          staging: create(data.byteLength, MAP_READ | COPY_DST),
          data,
          source: buffer,
        });
      }
      return { binding, resource: { buffer } };
    });
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(
      0,
      device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }),
    );
    pass.dispatchWorkgroups(...job.workgroups);
    pass.end();
    for (const { staging, data, source } of outputs) {
      encoder.copyBufferToBuffer(source, 0, staging, 0, data.byteLength);
    }
    device.queue.submit([encoder.finish()]);
    const invalid = device.popErrorScope();
    const exhausted = device.popErrorScope();
    const error = (await invalid) ?? (await exhausted);
    if (error !== null) throw unsupportedError(`runCompute: ${error.message}`);
    await Promise.all(outputs.map(({ staging }) => staging.mapAsync(MODE_READ)));
    job.signal?.throwIfAborted();
    return outputs.map(({ staging, data }) => {
      const copy = staging.getMappedRange().slice(0, data.byteLength);
      if (data instanceof Float32Array) return new Float32Array(copy);
      return data instanceof Int32Array ? new Int32Array(copy) : new Uint32Array(copy);
    });
  } finally {
    for (const buffer of owned) buffer.destroy();
  }
}
