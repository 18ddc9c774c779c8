const COPY_DST = 0x8;
const STORAGE = 0x80;
const COMPUTE = 0x4;

/** More than twice the last cache level of any GPU that we know of would be 512 MiB; most have 64. */
const bytes = 128 << 20;

/** Reads and writes words at addresses that follow no pattern. */
const code = `
@group(0) @binding(0) var<storage, read_write> words: array<u32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let n = arrayLength(&words);
  var at = id.x * 2654435761u;
  for (var i = 0u; i < 64u; i++) {
    at = at * 1664525u + 1013904223u;
    words[at % n] += at;
  }
}`;

/** Makes a device forget what its caches hold. */
export class Flush {
  readonly #device: GPUDevice;
  #made: { pipeline: GPUComputePipeline; group: GPUBindGroup; groups: number } | undefined;

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** Adds a pass that touches a buffer much larger than the caches, in 16-word lines at random. */
  encode(encoder: GPUCommandEncoder): void {
    this.#made ??= this.#make();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.#made.pipeline);
    pass.setBindGroup(0, this.#made.group);
    pass.dispatchWorkgroups(this.#made.groups);
    pass.end();
  }

  #make() {
    const device = this.#device;
    const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
    const size = Math.min(bytes, maxBufferSize, maxStorageBufferBindingSize) & ~3;
    const buffer = device.createBuffer({ size, usage: STORAGE | COPY_DST });
    const layout = device.createBindGroupLayout({
      entries: [{ binding: 0, visibility: COMPUTE, buffer: { type: "storage" } }],
    });
    return {
      pipeline: device.createComputePipeline({
        layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
        compute: { module: device.createShaderModule({ code }), entryPoint: "main" },
      }),
      group: device.createBindGroup({ layout, entries: [{ binding: 0, resource: { buffer } }] }),
      // Each invocation touches 64 lines of 64 bytes.
      groups: Math.ceil(size / (64 * 64 * 64)),
    };
  }
}
