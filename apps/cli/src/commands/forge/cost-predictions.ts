import {
  type BaselineName,
  shippedCostModel,
  shippedDataSet,
  splitByGroup,
  trainBaseline,
} from "@daily-kernel/forge/cost-model";

/** The model's predictions for every function of a text, with those of the baselines beside. */
export async function predictFile(
  text: string,
  beside: readonly BaselineName[],
  acceptUnknown: boolean,
  onProgress: (done: number) => void,
) {
  const model = await shippedCostModel();
  const [predictions] = model.predict([text], { unknown: acceptUnknown ? "accept" : "refuse" });
  const { samples } = await shippedDataSet();
  const { train } = splitByGroup(samples, { seed: model.header.seed });
  const baselines: Record<string, readonly (readonly number[])[]> = {};
  for (const [k, name] of beside.entries()) {
    onProgress((k + 1) / (beside.length + 1));
    const baseline = trainBaseline(name, train, model.targets, model.header.seed);
    baselines[name] = predictions!.length === 0 ? [] : baseline.estimateFunctions(text);
  }
  const { kind, samples: trained, llvm, cpu } = model.header;
  return {
    model: { kind, samples: trained, llvm, cpu },
    functions: predictions!.map(({ name, values, warnings }, i) => ({
      name,
      predictions: values as Record<string, number>,
      baselines: Object.fromEntries(
        beside.map((baseline) => [
          baseline,
          Object.fromEntries(model.targets.map((t, j) => [t, baselines[baseline]![i]![j]!])),
        ]),
      ) as Record<string, Record<string, number>>,
      warnings,
    })),
  };
}
