import { activations } from "./activations.ts";
import { products } from "./linear.ts";
import { losses } from "./losses.ts";
import { normalisations } from "./normalisation.ts";
import { optimisers } from "./optimisers.ts";
import { type Primitives, primitives } from "./primitives.ts";
import { recurrent } from "./recurrent.ts";
import { resizes } from "./resize.ts";
import { softmaxes } from "./softmax.ts";

/**
 * All operations over one set of primitives. Another set (one that rounds each result as a float32
 * kernel would, or counts operations) gives the same functions with that arithmetic.
 */
export function createOps(p: Primitives) {
  const soft = softmaxes(p);
  const linear = products(p, soft.softmax);
  return {
    ...p,
    ...activations(p),
    ...soft,
    ...linear,
    ...normalisations(p),
    ...losses(p, soft.logSoftmax),
    ...optimisers(p),
    ...recurrent(p, linear.linear),
    ...resizes(p),
  };
}

export type Ops = ReturnType<typeof createOps>;

/** The operations in double precision. */
export const ops: Ops = createOps(primitives);
