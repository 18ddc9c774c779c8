import type { Target } from "../targets.ts";
import { stage } from "./lower.ts";
import { functionsOf } from "./x86.ts";

const layout =
  "e-p:64:64-p1:64:64-p2:32:32-p3:32:32-p4:64:64-p5:32:32-p6:32:32-i64:64-v16:16-v24:32-v32:32-v48:64-v96:128-v192:256-v256:256-v512:512-v1024:1024-v2048:2048-n32:64-S32-A5-G1-ni:7";

/** Functions become kernels; stack buffers move to the private address space. */
function asKernels(ir: string): string {
  return `target datalayout = "${layout}"\n${ir}`
    .replaceAll(/^define void /gm, "define amdgpu_kernel void ")
    .replaceAll(
      /^ {2}%(\d+) = alloca (\w+), i64 ([^,\n]+)(.*)$/gm,
      "  %a$1 = alloca $2, i64 $3$4, addrspace(5)\n  %$1 = addrspacecast $2 addrspace(5)* %a$1 to $2*",
    );
}

/**
 * Vector registers and vector instructions on gfx90a of every function. One that calls a library
 * function is left out: its registers would be those of the calling convention.
 */
export async function readGfx90a(
  ir: string,
  signal?: AbortSignal,
): Promise<Map<string, Partial<Record<Target, number>>>> {
  const machine = ["-O3", "-mtriple=amdgcn-amd-amdhsa", "-mcpu=gfx90a"];
  const optimised = await stage("opt gfx90a", "opt", [...machine, "-S"], asKernels(ir), signal);
  const assembly = await stage("llc gfx90a", "llc", machine, optimised, signal);
  const registers = [...assembly.matchAll(/^; NumVgprs: (\d+)$/gm)].map(([, n]) => Number(n));
  const found = new Map<string, Partial<Record<Target, number>>>();
  for (const [k, [name, lines]] of [...functionsOf(assembly)].entries()) {
    if (lines.some((line) => line.startsWith("\ts_swappc_b64"))) continue;
    const valuInstructions = lines.filter((line) => line.startsWith("\tv_")).length;
    found.set(name, { vgprs: registers[k]!, valuInstructions });
  }
  return found;
}
