import type { onnxRuntime } from "../depthwise/onnx.ts";
import type { Contender } from "../peers/side-by-side.ts";

type Runtime = Exclude<ReturnType<typeof onnxRuntime>, { missing: string }>;
type Input = { ids: Int32Array; counts: Float32Array };

/** The exported model by ONNX Runtime's CPU provider on one thread. */
export async function onnxModel(
  { InferenceSession, Tensor }: Runtime,
  model: Uint8Array,
  inputs: readonly Input[],
  length: number,
): Promise<Contender> {
  const session = await InferenceSession.create(model, {
    executionProviders: ["cpu"],
    graphOptimizationLevel: "all",
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  const ids = new BigInt64Array(inputs.length * length);
  for (const [i, input] of inputs.entries()) {
    ids.set(BigInt64Array.from(input.ids, BigInt), i * length);
  }
  const counted = inputs[0]!.counts.length;
  const counts = Float32Array.from(inputs.flatMap((input) => [...input.counts]));
  const Int64 = Tensor as unknown as new (
    type: "int64",
    data: BigInt64Array,
    shape: readonly number[],
  ) => InstanceType<Runtime["Tensor"]>;
  const feeds = {
    ids: new Int64("int64", ids, [inputs.length, length]),
    counts: new Tensor("float32", counts, [inputs.length, counted]),
  };
  return {
    name: "onnxruntime",
    run: async () => {
      const begin = performance.now();
      const result = (await session.run(feeds)).values!.data;
      return { seconds: (performance.now() - begin) / 1000, result };
    },
  };
}
