import { fromJax, type Tensor, toJax } from "@daily-kernel/nn";
import { fftbr, ifftbr } from "./transforms/fftbr.ts";
import { fwht } from "./transforms/fwht.ts";

export {
  type JaxFeatures,
  jaxFeatures,
  type KernelAdapterParameters,
  type KernelLayerParameters,
  kernelAdapter,
  kernelLayer,
  kernelLayerParameters,
} from "./scalable-nn/jax.ts";

type JaxArray = ReturnType<typeof toJax>;

/** Real and imaginary parts, two jax-js arrays of one shape. */
export interface JaxComplex {
  re: JaxArray;
  im: JaxArray;
}

/** Applies `transform` to every row along the last axis; takes the array over. */
async function alongLast(
  x: JaxArray,
  transform: (data: Float32Array, n: number) => ArrayLike<number>,
): Promise<JaxArray> {
  const { data, shape } = await fromJax(x);
  const n = shape.at(-1) ?? 1;
  return toJax(tensorOf(transform(data, n), shape));
}

const tensorOf = (data: ArrayLike<number>, shape: readonly number[]): Tensor => ({
  data: Float32Array.from(data),
  shape,
});

/**
 * The unitary Walsh-Hadamard transform (`fwht`) along the last axis of a float32 jax-js array, whose size
 * is a power of two: computed in double precision, rounded once. The matrix is real and symmetric, so
 * the gradient is the transform of the cotangent. Like every jax-js function, both take their array over.
 */
export const walshHadamard = {
  forward: (x: JaxArray): Promise<JaxArray> => alongLast(x, (data, n) => fwht(data, { n })),
  vjp: (cotangent: JaxArray): Promise<JaxArray> => walshHadamard.forward(cotangent),
};

async function complexAlongLast(
  { re, im }: JaxComplex,
  transform: typeof fftbr,
): Promise<JaxComplex> {
  const [real, imaginary] = await Promise.all([fromJax(re), fromJax(im)]);
  const n = real.shape.at(-1) ?? 1;
  const result = transform({ re: real.data, im: imaginary.data }, { n });
  return {
    re: toJax(tensorOf(result.re, real.shape)),
    im: toJax(tensorOf(result.im, real.shape)),
  };
}

/**
 * The unitary Fourier transform of values in bit-reversed order (`fftbr`) along the last axis of a pair of
 * float32 jax-js arrays, and its inverse. The gradient with respect to real and imaginary parts is the
 * adjoint, which is the inverse, of the cotangents.
 */
export const fourierBitReversed = {
  forward: (x: JaxComplex): Promise<JaxComplex> => complexAlongLast(x, fftbr),
  vjp: (cotangent: JaxComplex): Promise<JaxComplex> => complexAlongLast(cotangent, ifftbr),
  inverse: (x: JaxComplex): Promise<JaxComplex> => complexAlongLast(x, ifftbr),
};
