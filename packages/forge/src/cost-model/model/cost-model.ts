import { checkType, domainError } from "@daily-kernel/compute";
import { ForgeError } from "../../session/errors.ts";
import { shapeNames } from "../baselines/features.ts";
import type { Predictor } from "../evaluate.ts";
import type { MlirFunction } from "../mlir/module.ts";
import { parseMlir } from "../mlir/parse.ts";
import type { Target } from "../targets.ts";
import type { Vocabulary } from "../tokens/vocabulary.ts";
import { batchOf } from "./batch.ts";
import { denseHead } from "./dense-head.ts";
import { type NetworkInput, networkInput } from "./input.ts";
import { beside } from "./join.ts";
import { product } from "./linear.ts";
import { LONGEST } from "./longest.ts";
import { encoderOf, type ModelKind } from "./network.ts";
import type { Weights } from "./parameters.ts";
import { runSimd } from "./simd.ts";

/** What a model predicts for one function. */
export interface Prediction {
  /** Name of the function. */
  readonly name: string;
  /** In the targets' own units; none is negative. */
  readonly values: Readonly<Partial<Record<Target, number>>>;
  /** `TruncatedInput`: share of the tokens that were not read, if any. */
  readonly warnings: readonly { readonly code: "TruncatedInput"; readonly dropped: number }[];
}

/** Everything of a model but its weights: plain data. */
export interface ModelHeader {
  readonly format: 1;
  readonly kind: ModelKind;
  /** What the truths were measured with. */
  readonly llvm: string;
  readonly cpu: string;
  readonly samples: number;
  readonly seed: number;
  readonly targets: readonly Target[];
  /** Mean and deviation of log(1 + value) of each target. */
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly vocabulary: Vocabulary;
  /** Operations that are counted. */
  readonly operations: readonly string[];
  /** Dialects that stood in the training texts. */
  readonly dialects: readonly string[];
  /** Networks whose predictions are averaged. */
  readonly members: number;
  /** Names and shapes of a member's weights, in the order of the binary. */
  readonly shapes: readonly (readonly [string, readonly number[]])[];
}

/** A trained model; plain data in, plain data out. */
export class CostModel implements Predictor {
  readonly header: ModelHeader;
  readonly members: readonly Weights[];
  readonly #tables: readonly (Float32Array | null)[];

  constructor(header: ModelHeader, members: readonly Weights[]) {
    this.header = header;
    this.members = members;
    this.#tables = members.map(({ embed, conv1 }) =>
      header.kind === "conv1d"
        ? product(embed!.data, conv1!.data, embed!.shape[0]!, embed!.shape[1]!, conv1!.shape[1]!)
        : null,
    );
  }

  get targets(): readonly Target[] {
    return this.header.targets;
  }

  /**
   * One prediction for every function of every text.
   * @throws TypeError `ERR_TYPE`; ForgeError `ERR_MLIR_SYNTAX`, `ERR_UNKNOWN_DIALECT` with the dialects
   *   that the model has never seen, unless `unknown` is `"accept"`: their operations then read as
   *   unknown tokens.
   */
  predict(
    texts: readonly string[],
    { unknown = "refuse" }: { unknown?: "refuse" | "accept" } = {},
  ): Prediction[][] {
    checkType(Array.isArray(texts), "predict", "texts", "an array of MLIR texts", texts);
    const functions = texts.map((text) => parseMlir(text).functions);
    if (unknown === "refuse") this.#checkDialects(functions.flat());
    const { targets } = this.header;
    const inputs = functions.map((of) => of.map((f) => this.#input(f)));
    const estimates = this.#estimate(inputs.flat());
    let at = 0;
    return functions.map((of, t) =>
      of.map(({ name }, k) => {
        const { length } = inputs[t]![k]!.ids;
        const row = estimates[at++]!;
        return {
          name,
          values: Object.fromEntries(targets.map((target, j) => [target, row[j]!])),
          warnings:
            length > LONGEST
              ? [{ code: "TruncatedInput" as const, dropped: 1 - LONGEST / length }]
              : [],
        };
      }),
    );
  }

  /** The targets of the first function of each text. */
  estimate(texts: readonly string[]): number[][] {
    return this.#estimate(this.inputs(texts));
  }

  /** What the network reads of the first function of each text: for other runtimes. */
  inputs(texts: readonly string[]): NetworkInput[] {
    return texts.map((text) => {
      const [f] = parseMlir(text).functions;
      if (f !== undefined) return this.#input(f);
      throw new ForgeError("ERR_NO_FUNCTION", "inputs: a text without a function");
    });
  }

  /** Numbers of a function that the network reads beside its tokens. */
  get countedFeatures(): number {
    return (
      this.header.operations.length +
      (this.header.vocabulary.mode === "ops" ? 0 : shapeNames.length)
    );
  }

  #input(f: MlirFunction): NetworkInput {
    return networkInput(f, this.header.vocabulary, this.header.operations);
  }

  /** The network alone: standardised log(1 + value) [functions, targets], averaged over the members. */
  forward(inputs: readonly NetworkInput[]): Float32Array {
    const sum = new Float32Array(inputs.length * this.targets.length);
    for (const [m, weights] of this.members.entries()) {
      const table = this.#tables[m];
      const standard = table ? runSimd(weights, table, inputs) : this.#plain(weights, inputs);
      for (let i = 0; i < sum.length; i++) sum[i]! += standard[i]! / this.members.length;
    }
    return sum;
  }

  #estimate(inputs: readonly NetworkInput[]): number[][] {
    const { targets, means, deviations } = this.header;
    const standard = this.forward(inputs);
    return inputs.map((_, s) =>
      targets.map((_, j) =>
        Math.max(0, Math.expm1(standard[s * targets.length + j]! * deviations[j]! + means[j]!)),
      ),
    );
  }

  #plain(weights: Weights, inputs: readonly NetworkInput[]): Float32Array {
    const { kind, vocabulary } = this.header;
    if (inputs.length === 0) return new Float32Array(0);
    const batch = batchOf(
      inputs.map(({ ids }) => ids),
      LONGEST,
    );
    const { features } = encoderOf(kind, vocabulary.tokens.length).forward(weights, batch);
    return denseHead(
      weights,
      beside(
        features,
        inputs.map(({ counts }) => counts),
      ),
    );
  }

  #checkDialects(functions: readonly MlirFunction[]): void {
    const seen = new Set(functions.flatMap((f) => f.operations.map(({ name }) => dialectOf(name))));
    const strange = [...seen].filter((dialect) => !this.header.dialects.includes(dialect)).sort();
    if (strange.length > 0) {
      throw new ForgeError(
        "ERR_UNKNOWN_DIALECT",
        `predict: the model has never seen ${strange.join(", ")}; pass unknown: "accept" to predict all the same`,
      );
    }
  }

  /** The model as a JSON text and the weights as one array of float32. */
  save(): { json: string; weights: Float32Array } {
    const arrays = this.members.flatMap((weights) =>
      this.header.shapes.map(([name]) => weights[name]!.data),
    );
    const weights = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const array of arrays) {
      weights.set(array, at);
      at += array.length;
    }
    return { json: JSON.stringify(this.header), weights };
  }

  /** @throws RangeError `ERR_DOMAIN` for what `save` did not make. */
  static load({ json, weights }: { json: string; weights: Float32Array }): CostModel {
    const header = JSON.parse(json) as ModelHeader;
    const sizes = (header.shapes ?? []).map(([, shape]) => shape.reduce((a, b) => a * b, 1));
    const total = (header.members ?? 0) * sizes.reduce((a, b) => a + b, 0);
    if (header.format !== 1 || total !== weights.length || total === 0) {
      throw domainError(
        `CostModel.load: expected a model of format 1 with ${total} weights, got ${weights.length}`,
      );
    }
    let at = 0;
    const members = Array.from({ length: header.members }, () =>
      Object.fromEntries(
        header.shapes.map(([name, shape], i) => {
          at += sizes[i]!;
          return [
            name,
            { shape, data: weights.slice(at - sizes[i]!, at) as Float32Array<ArrayBuffer> },
          ];
        }),
      ),
    );
    return new CostModel(header, members);
  }
}

/** `affine` of `affine.load`; an operation without a dot is of the built-in dialect. */
export const dialectOf = (operation: string): string =>
  operation.includes(".") ? operation.split(".")[0]! : "builtin";
