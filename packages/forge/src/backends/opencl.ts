import { existsSync } from "node:fs";
import type { Backend, Candidate, Grid } from "../session/backend.ts";
import { CandidateCompileError, ForgeError } from "../session/errors.ts";
import { probeGxx } from "./cpp.ts";
import { describedSession } from "./described-calls.ts";
import { hashOf } from "./native/cache.ts";
import { type NativeOptions, nativeBackend } from "./native/native-backend.ts";
import { runProcess } from "./native/run-process.ts";
import { openclHost } from "./opencl-host.ts";
import { workgroupsOf } from "./wgsl/grid.ts";

const packages = "apt-get install g++ opencl-headers ocl-icd-opencl-dev pocl-opencl-icd";

/** Lists what there is, by the same library that kernels run through. */
const listing = String.raw`
#define CL_TARGET_OPENCL_VERSION 120
#include <CL/cl.h>
#include <cstdio>
int main() {
  cl_platform_id p[8]; cl_uint n = 0;
  if (clGetPlatformIDs(8, p, &n) || n == 0) { puts("no platform"); return 1; }
  cl_device_id d; char name[256] = "", version[256] = "";
  if (clGetDeviceIDs(p[0], CL_DEVICE_TYPE_ALL, 1, &d, nullptr)) { puts("no device"); return 1; }
  clGetDeviceInfo(d, CL_DEVICE_NAME, sizeof name, name, nullptr);
  clGetDeviceInfo(d, CL_DEVICE_VERSION, sizeof version, version, nullptr);
  printf("%s\n%s\n", name, version);
}
`;

interface Known {
  readonly grid: Grid;
  readonly source: string;
}

/**
 * OpenCL C through a host program of ours, on the first device of the first platform (PoCL on a
 * machine without a GPU). The kernel `forge_kernel(global const T* in0.., global T* out0.., long
 * d0..)` is launched with as many work groups as its grid rule says; a work group has the size of
 * `reqd_work_group_size`, else that of the rule.
 */
export function opencl(options?: NativeOptions): Backend {
  const known = new Map<string, Known>();
  const backend = nativeBackend(
    {
      id: "opencl",
      language: "opencl",
      file: "kernel.cpp",
      async probe() {
        const found = await probeGxx();
        if (!found.available) return found;
        const missing = (reason: string) =>
          ({ available: false, reason, remedy: packages }) as const;
        if (!existsSync("/usr/include/CL/cl.h")) return missing("the OpenCL headers are missing");
        const devices = await listDevices();
        if (devices === undefined) return missing("there is no OpenCL device");
        return { available: true, hardware: devices.name, version: devices.version };
      },
      command: () =>
        "g++ -std=c++20 -O2 -w -shared -fPIC -o kernel.so kernel.cpp -lOpenCL".split(" "),
      libraries: ["libOpenCL.so.1"],
      wide: true,
      binds: ["/etc/OpenCL", "/sys/devices/system/cpu", "/sys/devices/system/node"],
    },
    options,
  );
  return {
    ...backend,
    async compile(candidate: Candidate, rest) {
      const { source, flags = [], grid = { per: "element", size: 64 } } = candidate;
      if (flags.length > 0) throw new CandidateCompileError("OpenCL kernels take no flags", "");
      const artifact = await backend.compile({ source: openclHost(source, grid) }, rest);
      known.set(artifact.hash, { grid, source });
      return artifact;
    },
    async open(artifact, rest) {
      const kernel = known.get(artifact.hash);
      if (kernel === undefined) {
        throw new ForgeError("ERR_ARTIFACT", "the kernel was compiled by another back end object");
      }
      // The rule of WGSL for rows looks at the name of the global index there.
      const marked = kernel.source.replaceAll("get_global_id", "global_invocation_id");
      return describedSession(await backend.open(artifact, rest), ({ inputs, outputs }) =>
        workgroupsOf(kernel.grid, marked, outputs[0]?.shape ?? [], inputs[0]?.shape ?? []),
      );
    },
  };
}

async function listDevices(): Promise<{ name: string; version: string } | undefined> {
  const { mkdtempSync, rmSync, writeFileSync } = await import("node:fs");
  const { tmpdir } = await import("node:os");
  const { join } = await import("node:path");
  const folder = mkdtempSync(join(tmpdir(), `forge-${hashOf(listing).slice(0, 8)}-`));
  try {
    const [source, program] = [join(folder, "list.cpp"), join(folder, "list")];
    writeFileSync(source, listing);
    const built = await runProcess("g++", ["-w", "-o", program, source, "-lOpenCL"]);
    const ran = built.code === 0 ? await runProcess(program, []) : built;
    const [name = "", version = ""] = ran.output.split("\n");
    return ran.code === 0 ? { name, version } : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
