import type { Rng } from "@daily-kernel/compute";
import { ReluFeatures, UniversalRandomFeatures } from "@daily-kernel/kernels";
import { type JaxFeatures, jaxFeatures, kernelAdapter } from "@daily-kernel/kernels/jax";
import { type Parameters, toJax } from "@daily-kernel/nn";
import { nn, numpy as np } from "@jax-js/jax";
import { normal, width } from "./frozen-net.ts";

type JaxArray = np.Array;

/** Random features m of the kernel adapter: 512 x (m + 1) parameters, a fifth of the dense one's. */
const features = 100;
/** Hidden units of a bottleneck adapter of about as many parameters as the kernel one. */
const rank = 50;

/** What adapts the first frozen layer's output h before the second. */
export interface Adapter {
  initial(rng: Rng): Parameters;
  /** Takes parameters and h over. */
  forward(parameters: Parameters, h: JaxArray): JaxArray;
  /** Frees what is not trained. */
  dispose?(): void;
}

/**
 * One way to set up an adapter of a kind; a search tries each at every rate. The first of a kind is the
 * one that a search found, for runs without one.
 */
export interface Variant {
  label: string;
  make(rng: Rng): Adapter;
}

export interface AdapterKind {
  label: string;
  variants: readonly Variant[];
}

const he = Math.sqrt(2 / width);
const zeros = () => np.zeros([width]);

type Map = ReluFeatures | UniversalRandomFeatures;

/** y = h + gate (Phi(h) Psi^T): Psi of a random dense layer behind a shut gate, or 0 behind an open one. */
function kernelVariant(label: string, open: boolean, map: (seed: number) => Map): Variant {
  return {
    label,
    make(rng) {
      const chosen = map(rng.integer(2 ** 31));
      const phi: JaxFeatures = jaxFeatures(chosen);
      return {
        initial: (own) => {
          if (open) return { weights: np.zeros([width, chosen.features]), gate: np.ones([width]) };
          return { weights: toJax(chosen.neurons(normal(own, width, width, he))), gate: zeros() };
        },
        forward: ({ weights, gate }, h) =>
          kernelAdapter({ weights: weights!, gate: gate! }, phi, h),
        dispose: () => phi.dispose(),
      };
    },
  };
}

const rectified = (seed: number) => new ReluFeatures({ dimension: width, features, seed });
const orthogonal = (seed: number) =>
  new ReluFeatures({ dimension: width, features, seed, orthogonal: true });
const cosine = (seed: number) =>
  // Inputs have a length of about 4: divided by 4 their features have a variance of e^1, not e^16.
  new UniversalRandomFeatures({ activation: "cos", dimension: width, features, seed, balance: 4 });

/** Adapters with kernel layers. */
export const kernelKind: AdapterKind = {
  label: "kernel adapter",
  variants: [
    kernelVariant("rectified orthogonal, Psi = 0", true, orthogonal),
    kernelVariant("rectified, Psi = 0", true, rectified),
    kernelVariant("rectified, Psi of a random layer", false, rectified),
    kernelVariant("cosine, Psi = 0", true, cosine),
  ],
};

/** y = h + gate relu(h W + b), W begun at a multiple of He's scale behind a shut gate. */
const denseVariant = (times: number): Variant => ({
  label: `W at ${times} times He's scale`,
  make: () => ({
    initial: (rng) => ({
      weights: toJax(normal(rng, width, width, times * he)),
      bias: zeros(),
      gate: zeros(),
    }),
    forward: ({ weights, bias, gate }, h) =>
      h.ref.add(nn.relu(np.matmul(h, weights!).add(bias!)).mul(gate!)),
  }),
});

/** Dense adapters, which the claim measures by. */
export const denseKind: AdapterKind = {
  label: "dense adapter",
  variants: [0.5, 0.25, 1, 2].map(denseVariant),
};

/** y = h + relu(h A + b) B, B beginning at 0 (Houlsby et al. 2019). */
const bottleneckVariant = (times: number): Variant => ({
  label: `A at ${times} times He's scale`,
  make: () => ({
    initial: (rng) => ({
      down: toJax(normal(rng, width, rank, times * he)),
      bias: np.zeros([rank]),
      up: np.zeros([rank, width]),
    }),
    forward: ({ down, bias, up }, h) =>
      h.ref.add(np.matmul(nn.relu(np.matmul(h, down!).add(bias!)), up!)),
  }),
});

/** Ordinary adapters of as many parameters as the kernel one. */
export const bottleneckKind: AdapterKind = {
  label: "bottleneck adapter",
  variants: [0.5, 0.25, 1, 2].map(bottleneckVariant),
};

/** Nothing between the frozen layers: only the head is trained. */
export const noKind: AdapterKind = {
  label: "no adapter",
  variants: [{ label: "", make: () => ({ initial: () => ({}), forward: (_, h) => h }) }],
};
