import { readdirSync } from "node:fs";
import type { Backend, Probe } from "../session/backend.ts";
import { backendUnavailable } from "../session/errors.ts";
import { describedSession } from "./described-calls.ts";
import { checkFlags } from "./native/flags.ts";
import { type NativeOptions, nativeBackend } from "./native/native-backend.ts";
import { runProcess } from "./native/run-process.ts";

/** The device files of NVIDIA's driver. */
export const graphicsDevices = (): readonly string[] => {
  try {
    return readdirSync("/dev").flatMap((name) => (/^nvidia/.test(name) ? [`/dev/${name}`] : []));
  } catch {
    return [];
  }
};

/** Copies the tensors to the device and back around the candidate, which gets device pointers. */
const host = `
#undef forge_kernel
#include <cuda_runtime.h>
#include <vector>
extern "C" int forge_kernel(const void *const *in, void *const *out, const long long *dims) {
  const long long inputs = dims[1], outputs = dims[2];
  const long long *at = dims + 7;
  std::vector<void *> device;
  std::vector<long long> bytes;
  cudaError_t e = cudaSuccess;
  for (long long t = 0; t < inputs + outputs && !e; t++, at += 3 + at[2]) {
    void *p = nullptr;
    e = cudaMalloc(&p, at[1] ? at[1] : 4);
    device.push_back(p), bytes.push_back(at[1]);
    if (!e) e = cudaMemcpy(p, t < inputs ? in[t] : out[t - inputs], at[1], cudaMemcpyHostToDevice);
  }
  int status = e ? 70 : forge_candidate(device.data(), device.data() + inputs, dims + dims[0]);
  if (!e) e = cudaDeviceSynchronize();
  for (long long t = 0; t < outputs && !e; t++)
    e = cudaMemcpy(out[t], device[inputs + t], bytes[inputs + t], cudaMemcpyDeviceToHost);
  for (void *p : device) cudaFree(p);
  return status ? status : e ? 71 : 0;
}
`;

async function probeNvcc(): Promise<Probe> {
  const { code, output } = await runProcess("nvcc", ["--version"]);
  if (code !== 0) {
    const reason = "nvcc is not installed";
    return { available: false, reason, remedy: "apt-get install nvidia-cuda-toolkit (non-free)" };
  }
  return { available: true, hardware: "no GPU", version: output.trim().split("\n").at(-2) ?? "" };
}

async function probeDevice(): Promise<Probe> {
  const query = ["--query-gpu=name,driver_version", "--format=csv,noheader"];
  const { code, output } = await runProcess("nvidia-smi", query);
  if (code === 0) return { available: true, hardware: output.split("\n")[0] ?? "", version: "" };
  const reason = "there is no NVIDIA GPU: kernels can be compiled here but not run";
  return { available: false, reason, remedy: "a machine with an NVIDIA GPU and its driver" };
}

/**
 * CUDA C++ by `nvcc`: `compile` works wherever nvcc is, `probe` and `open` need a GPU too. The
 * kernel has the C ABI with device pointers; a time includes the copies to and from the device.
 */
export function cuda(options?: NativeOptions): Backend {
  const backend = nativeBackend(
    {
      id: "cuda",
      language: "cuda",
      file: "kernel.cu",
      probe: probeNvcc,
      command: ({ flags = [] }) => [
        ..."nvcc -O3 -std=c++17 -Xcompiler -fPIC --cudart static".split(" "),
        ...checkFlags(flags, [/^-arch=(sm_\d+[af]?|native)$/, /^--use_fast_math$/]),
        ..."-shared -o kernel.so kernel.cu".split(" "),
      ],
      wide: true,
      binds: graphicsDevices(),
    },
    options,
  );
  return {
    ...backend,
    async probe() {
      const compiler = await backend.probe();
      const device = await probeDevice();
      if (!compiler.available) return compiler;
      return device.available ? { ...compiler, hardware: device.hardware } : device;
    },
    compile: (candidate, rest) =>
      backend.compile(
        {
          ...candidate,
          source: `#define forge_kernel forge_candidate\n${candidate.source}${host}`,
        },
        rest,
      ),
    async open(artifact, rest) {
      const device = await probeDevice();
      if (!device.available) throw backendUnavailable("cuda", device.reason);
      return describedSession(await backend.open(artifact, rest));
    },
  };
}
