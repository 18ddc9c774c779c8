import { CandidateCompileError } from "../../session/errors.ts";

const mostLines = 150;

/** How many buffers a call brings: a pipeline is made for each such pair. */
export interface Arity {
  readonly inputs: number;
  readonly outputs: number;
}

/** A checked shader module; `log` holds the compiler's warnings. */
export interface Shader {
  readonly module: GPUShaderModule;
  readonly log: string;
}

/** @throws CandidateCompileError with the messages (`line:column text`), at most 150 lines. */
export async function compileShader(device: GPUDevice, code: string): Promise<Shader> {
  device.pushErrorScope("validation");
  const module = device.createShaderModule({ code });
  const invalid = device.popErrorScope();
  const { messages } = await module.getCompilationInfo();
  const lines = messages.map((m) => `${m.lineNum}:${m.linePos} ${m.type}: ${m.message}`);
  const log = lines
    .flatMap((line) => line.split("\n"))
    .slice(0, mostLines)
    .join("\n");
  const error = await invalid;
  if (messages.some(({ type }) => type === "error") || error !== null) {
    throw new CandidateCompileError("the shader does not compile", log || (error?.message ?? ""));
  }
  return { module, log };
}

/**
 * The pipeline of `main` under the layout of the ABI: inputs read-only from binding 0 on, then
 * outputs, then the dims. The layout is given and not asked of the shader: a shader that leaves out
 * a binding still fits, and one that wants to write to an input does not.
 *
 * @throws CandidateCompileError in the device's words.
 */
export async function pipelineFor(
  device: GPUDevice,
  module: GPUShaderModule,
  { inputs, outputs }: Arity,
): Promise<{ pipeline: GPUComputePipeline; layout: GPUBindGroupLayout }> {
  const COMPUTE = 0x4;
  const type = (binding: number): GPUBufferBindingType =>
    binding < inputs ? "read-only-storage" : binding < inputs + outputs ? "storage" : "uniform";
  const layout = device.createBindGroupLayout({
    entries: Array.from({ length: inputs + outputs + 1 }, (_, binding) => ({
      binding,
      visibility: COMPUTE,
      buffer: { type: type(binding) },
    })),
  });
  try {
    const pipeline = await device.createComputePipelineAsync({
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: "main" },
    });
    return { pipeline, layout };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new CandidateCompileError(
      `the shader does not fit its ${inputs} inputs, ${outputs} outputs and dims`,
      words.split("\n").slice(0, mostLines).join("\n"),
    );
  }
}
