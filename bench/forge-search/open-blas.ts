import type { Backend, Candidate } from "@daily-kernel/forge";
import { nativeBackend, runTool } from "@daily-kernel/forge/node";

const source = `extern "C" {
void openblas_set_num_threads(int);
void cblas_sgemm(int, int, int, int, int, int, float, const float*, int, const float*, int, float, float*, int);
int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  static int set = (openblas_set_num_threads(1), 1);
  const int M = dims[0], N = dims[1], K = dims[2];
  cblas_sgemm(101, 111, 111, M, N, K, set, (const float*)in[0], K, (const float*)in[1], N, 0.0f, (float*)out[0], N);
  return 0;
}
}
`;

/**
 * OpenBLAS's product on one thread as a kernel that is timed like any other, linked statically so
 * that it needs nothing in its process; or why it is not to be had.
 */
export async function openBlasKernel(): Promise<
  { readonly backend: Backend; readonly candidate: Candidate } | string
> {
  const within = { memory: 2 ** 31, timeout: 10_000 };
  const { output } = await runTool(["g++", "-print-file-name=libopenblas.a"], within);
  const archive = output.trim();
  if (!archive.startsWith("/")) return "OpenBLAS is missing: apt-get install libopenblas-dev";
  const backend = nativeBackend({
    id: "cpp",
    language: "cpp",
    file: "kernel.cpp",
    probe: async () => ({ available: true, hardware: "this machine", version: archive }),
    command: () => [
      ...["g++", "-O2", "-shared", "-fPIC", "-o", "kernel.so", "kernel.cpp"],
      ...[archive, "-pthread", "-lm"],
    ],
  });
  return { backend, candidate: { source } };
}
