import { type CostModel, shippedCostModel, tokenize } from "@daily-kernel/forge/cost-model";
import { defineOwnInput, formatNumber } from "@daily-kernel/reproduction";

const example = `func.func @blur(%in: memref<66xf32>, %out: memref<66xf32>) {
  affine.for %i = 1 to 65 {
    %left = affine.load %in[%i - 1] : memref<66xf32>
    %right = affine.load %in[%i + 1] : memref<66xf32>
    %sum = arith.addf %left, %right : f32
    affine.store %sum, %out[%i] : memref<66xf32>
  }
  return
}`;

const words: Record<string, string> = {
  vectorRegisters: "x86 vector registers",
  instructions: "x86 instructions",
  reciprocalThroughput: "reciprocal throughput of the text, cycles",
  blockCycles: "static block cycles",
  spills: "spills and reloads",
  vgprs: "gfx90a vector registers",
  valuInstructions: "gfx90a vector instructions",
  dynamicInstructions: "x86 instructions executed",
  nanoseconds: "time of a call, ns",
};

let model: Promise<CostModel> | undefined;

/** The shipped model on the reader's own functions. */
export const ownInput = defineOwnInput({
  fields: { text: { kind: "text", label: "MLIR (affine, linalg or tosa)", example } },
  async run({ text }) {
    model ??= shippedCostModel();
    const predictions = (await model).predict([text])[0]!;
    const sequences = tokenize(text);
    const facts = predictions.flatMap(({ name, values, warnings }, i) => [
      { label: `@${name}, tokens`, value: String(sequences[i]!.tokens.length) },
      ...Object.entries(values).map(([target, value]) => ({
        label: `@${name}, ${words[target] ?? target}`,
        value: formatNumber(Number(value.toPrecision(3))),
      })),
      ...warnings.map(({ dropped }) => ({
        label: `@${name}, not read`,
        value: `${(100 * dropped).toFixed(0)} % of the tokens`,
      })),
    ]);
    const none = [{ label: "functions with a body", value: "0" }];
    return { facts: facts.length > 0 ? facts : none, figures: [] };
  },
});
