import type { Backend } from "@daily-kernel/forge";
import type { improve, Sample } from "@daily-kernel/forge/node";

/** What runs kernels here, or why nothing does. */
export type Toolchain =
  | {
      readonly samples: readonly Sample[];
      readonly backendOf: (sample: Pick<Sample, "backend">) => Backend;
      readonly improve: typeof improve;
    }
  | { readonly missing: string };

const isNode = () =>
  (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node !==
  undefined;

/** Kernels of a quick run: they compile quickly and show every kind of exploit that a loose judge misses. */
const quickly =
  /^(softmax-(zeros|constant|no-maximum|polynomial|static-answer|plain|online)|frobnorm-(expected|infinite|keeps-plausible)|matmul-(shape-table|last-row|checks-a-sample|half|plain|blocked)|rowmean-(sampled|nan|writes-before|returns-an-error|kahan|alloca)|relu-(copy|missing-tail|stale|gets-tired|writes-behind|patches-the-clock|looks-around|plain|branchless))$/;

/** The gallery with its back ends; outside Node there is none, since its processes are started there. */
export async function toolchain(full: boolean): Promise<Toolchain> {
  if (!isNode()) return { missing: "kernels are compiled and judged in Node" };
  // The name is no literal: a bundler for the browser must not follow it.
  const node = "@daily-kernel/forge/node";
  const { backendById, improve, readGallery } = (await import(
    /* @vite-ignore */ node
  )) as typeof import("@daily-kernel/forge/node");
  const backends = {
    cpp: backendById("cpp"),
    wasm: backendById("wasm"),
    wgsl: backendById("wgsl"),
  };
  const probe = await backends.cpp.probe();
  if (!probe.available)
    return { missing: `${probe.reason}${probe.remedy ? `; ${probe.remedy}` : ""}` };
  const withGpu = full && (await backends.wgsl.probe()).available;
  const all = [...(await readGallery("cpp")), ...(withGpu ? await readGallery("wgsl") : [])];
  return {
    samples: full ? all : all.filter(({ name }) => quickly.test(name)),
    backendOf: ({ backend }) => backends[backend],
    improve,
  };
}
