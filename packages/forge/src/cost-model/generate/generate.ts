import { checkObject, domainError, Rng } from "@daily-kernel/compute";
import { drawAffineKernel, schedulesOf } from "./affine-kernel.ts";
import { affineText } from "./affine-text.ts";
import { between } from "./choose.ts";
import { linalgText } from "./linalg.ts";
import type { Family, GeneratedKernel } from "./sample.ts";
import { tosaText } from "./tosa.ts";

const families = ["affine", "linalg", "tosa"] as const satisfies readonly Family[];

/**
 * `n` random functions of a family; the same seed gives the same texts. Two or three neighbours of
 * the affine family are the same kernel in other schedules and share their group.
 * @throws TypeError `ERR_TYPE`, RangeError `ERR_DOMAIN` for another family or count.
 */
export function generate(options: { family: Family; n: number; seed: number }): GeneratedKernel[] {
  checkObject("generate", "options", options);
  const { family, n, seed } = options;
  if (!families.includes(family)) {
    throw domainError(
      `generate: family must be one of ${families.join(", ")}, got ${String(family)}`,
    );
  }
  if (!(Number.isSafeInteger(n) && n >= 0 && n <= 1_000_000)) {
    throw domainError(`generate: n must be a whole number in 0..1000000, got ${n}`);
  }
  const rng = new Rng(seed, `mlir ${family}`);
  const kernels: GeneratedKernel[] = [];
  for (let k = 0; kernels.length < n; k++) {
    const own = rng.spawn(k);
    const texts =
      family === "tosa"
        ? [tosaText(own)]
        : family === "linalg"
          ? [linalgText(own)]
          : schedules(own);
    const group = family === "affine" ? `affine ${seed} ${k}` : `${family} ${shapeOf(texts[0]!)}`;
    for (const text of texts) if (kernels.length < n) kernels.push({ family, group, text });
  }
  return kernels;
}

function schedules(rng: Rng): string[] {
  const kernel = drawAffineKernel(rng, between(rng, 1, 8));
  return rng
    .shuffle([...schedulesOf(kernel)])
    .slice(0, between(rng, 2, 3))
    .map((schedule) => affineText(kernel, schedule));
}

/** The operations and types of a text, without the names of its values. */
const shapeOf = (text: string): string => text.replaceAll(/%\w+/g, "").replaceAll(/\s+/g, " ");

/**
 * `kernels` computations with `variants` schedules each (fusion, loop order, tiles, unrolling): what
 * an autotuner chooses from. Every variant of a kernel computes the same.
 */
export function generateVariants(options: {
  kernels: number;
  variants: number;
  seed: number;
}): GeneratedKernel[][] {
  checkObject("generateVariants", "options", options);
  const { kernels, variants, seed } = options;
  for (const [name, value] of Object.entries({ kernels, variants })) {
    if (!(Number.isSafeInteger(value) && value >= 1)) {
      throw domainError(`generateVariants: ${name} must be a whole number >= 1, got ${value}`);
    }
  }
  const rng = new Rng(seed, "mlir variants");
  const found: GeneratedKernel[][] = [];
  for (let k = 0; found.length < kernels; k++) {
    const own = rng.spawn(k);
    const kernel = drawAffineKernel(own, 3);
    const schedules = own.shuffle([...schedulesOf(kernel)]).slice(0, variants);
    if (schedules.length < variants) continue;
    const group = `variants ${seed} ${k}`;
    found.push(schedules.map((s) => ({ family: "affine", group, text: affineText(kernel, s) })));
  }
  return found;
}
