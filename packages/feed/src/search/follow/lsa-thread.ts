/** The thread that does latent semantic analysis, which takes seconds: no search waits for it. */
import { fitLsa } from "../lsa/fit-lsa.ts";
import { serve } from "../thread/serve.ts";

const methods = {
  fit(texts: readonly Uint32Array[]) {
    const factors = fitLsa(texts);
    return factors && { ...factors, vectors: shared(factors.vectors) };
  },
};

/** A copy that threads hand on without copying: these are tens of megabytes. */
function shared(numbers: Float32Array): Float32Array {
  const copy = new Float32Array(new SharedArrayBuffer(numbers.byteLength));
  copy.set(numbers);
  return copy;
}

export type LsaThread = typeof methods;

serve(methods);
