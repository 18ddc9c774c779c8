/**
 * Named wrong implementations: the tests put them in the place of ours and see a claim fail.
 */

import { matrix } from "@daily-kernel/compute";
import { PrivateClassifier, PrivateL1 } from "@daily-kernel/privacy";
import type { Promised } from "./audits.ts";
import type { DpSgd, MakeClassifier } from "./classify.ts";
import type { MakeL1 } from "./distances.ts";

/** Forgets the shells on one side of the query: half of the sum, for records all around. */
export const oneSided: MakeL1 = (options) => ({
  async fit(x, run) {
    const release = await new PrivateL1(options).fit(x, run);
    return { query: (y) => ({ value: release.query(y).value / 2 }) };
  },
});

/** Noise that falls like the square root of epsilon. */
export const rootEpsilon: MakeL1 = (options) =>
  new PrivateL1({ ...options, epsilon: Math.sqrt(options.epsilon) });

/** Each coordinate's tree gets the whole epsilon, as if a record were in one of them. */
export const wholeEpsilonEach: MakeL1 = (options) =>
  new PrivateL1({ ...options, epsilon: options.epsilon * options.dimension });

/** The same shells, whatever alpha. */
export const deafToAlpha: MakeL1 = (options) => new PrivateL1({ ...options, alpha: 0.1 });

/** Epsilon added over disjoint classes: a tenth for each. */
export const tenthEach: MakeClassifier = (options) =>
  new PrivateClassifier({ ...options, epsilon: options.epsilon / 10 });

/** Half the noise that epsilon asks for. */
export const halfTheNoise: Promised = (options) => ({ ...options, epsilon: 2 * options.epsilon });

/** The sensitivity of add or remove where a record is substituted. */
export const blindToSubstitution: Promised = (options) => ({
  ...options,
  adjacency: "add-remove",
});

/** Gradient descent that is given the answer at once: no time at all. */
export const instantDescent: DpSgd = async (x, _labels, classes, _options, _rng, after) => {
  await after(1, matrix(x.cols, classes));
};
