import { generate, generateVariants } from "../generate/generate.ts";
import type { Family, GeneratedKernel } from "../generate/sample.ts";

/** What a stored set was generated from: the texts follow from it, only the truths are kept. */
export interface Recipe {
  readonly seed: number;
  readonly counts: Readonly<Record<Family, number>>;
  /** Kernels of which several schedules were measured, and how many of each. */
  readonly variants: { readonly kernels: number; readonly each: number };
}

/** The texts of a recipe: the samples family by family, then the variants kernel by kernel. */
export function cook({ seed, counts, variants }: Recipe): {
  samples: GeneratedKernel[];
  variants: GeneratedKernel[][];
} {
  const families = Object.entries(counts) as [Family, number][];
  return {
    samples: families.flatMap(([family, n]) => generate({ family, n, seed })),
    variants:
      variants.kernels === 0
        ? []
        : generateVariants({ kernels: variants.kernels, variants: variants.each, seed }),
  };
}
