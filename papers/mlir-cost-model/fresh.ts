import { generate, generateVariants, type Sample } from "@daily-kernel/forge/cost-model";

type NativeForge = typeof import("@daily-kernel/forge/node");

/** The tool chain, or why it is not here. */
export async function toolChain(): Promise<NativeForge | { missing: string }> {
  if (typeof process === "undefined" || process.versions?.node === undefined) {
    return { missing: "LLVM's tools do not run in a browser" };
  }
  const name = "@daily-kernel/forge/node";
  const forge = (await import(/* @vite-ignore */ name)) as NativeForge;
  const missing = forge.missingLlvmTools().filter(({ tool }) => tool !== "valgrind");
  if (missing.length === 0) return forge;
  return { missing: [...new Set(missing.map(({ remedy }) => remedy))].join("; ") };
}

const texts = (kernels: readonly { text: string }[]) => kernels.map(({ text }) => text);

/** `n` samples that no seed of the stored set has made, with static truths. */
export async function freshSamples(
  forge: NativeForge,
  n: number,
  seed: number,
  signal: AbortSignal,
): Promise<Sample[]> {
  const kernels = (["affine", "linalg", "tosa"] as const).flatMap((family) =>
    generate({ family, n: n / 3, seed }),
  );
  return withTruth(forge, kernels, { signal });
}

/** `n` kernels in eight schedules each, their times measured on this machine. */
export async function freshVariants(
  forge: NativeForge,
  n: number,
  seed: number,
  signal: AbortSignal,
): Promise<Sample[][]> {
  const variants = generateVariants({ kernels: n, variants: 8, seed });
  const samples = await withTruth(forge, variants.flat(), { signal, targets: ["nanoseconds"] });
  return variants
    .map((_, k) => samples.slice(8 * k, 8 * k + 8))
    .filter((of) => of.every(({ values }) => values.nanoseconds !== undefined));
}

async function withTruth(
  forge: NativeForge,
  kernels: readonly ReturnType<typeof generate>[number][],
  options: Parameters<NativeForge["truthsOf"]>[1],
): Promise<Sample[]> {
  const llvm = await forge.llvmVersion();
  const cpu = "skylake";
  const samples: Sample[] = kernels.map((kernel) => ({ ...kernel, llvm, cpu, values: {} }));
  await forge.truthsOf(texts(kernels), { ...options, cpu }, (i, truth) => {
    if (!("error" in truth)) samples[i] = { ...samples[i]!, values: truth };
  });
  return samples;
}

/**
 * Seconds to lower and analyse eight variants as one module over seconds to read and predict them,
 * for several kernels.
 */
export async function loweringRatios(
  forge: NativeForge,
  predict: (texts: readonly string[]) => unknown,
  kernels: number,
  seed: number,
  signal: AbortSignal,
): Promise<number[]> {
  const variants = generateVariants({ kernels, variants: 8, seed });
  predict(texts(variants[0]!));
  const ratios: number[] = [];
  for (const of of variants) {
    const begin = performance.now();
    const module = of.map(({ text }, k) => text.replace("@kernel(", `@kernel_${k}(`)).join("\n");
    await forge.groundTruth(module, { cache: false, signal });
    const middle = performance.now();
    predict(texts(of));
    ratios.push((middle - begin) / (performance.now() - middle));
  }
  return ratios;
}
