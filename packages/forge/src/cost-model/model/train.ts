import { checkObject, checkRunOptions, checkType, domainError } from "@daily-kernel/compute";
import { checkOneSource, type Sample } from "../data/data-set.ts";
import { lex } from "../mlir/lexer.ts";
import { parseMlir } from "../mlir/parse.ts";
import { type Target, targetNames } from "../targets.ts";
import { functionTokens, type TokenMode } from "../tokens/function-tokens.ts";
import { checkMode, vocabularyOf } from "../tokens/vocabulary.ts";
import { CostModel, dialectOf } from "./cost-model.ts";
import { defaultSchedule, fit, type Schedule } from "./fit.ts";
import { networkInput } from "./input.ts";
import { type ModelKind, modelKinds } from "./network.ts";

export interface TrainingOptions {
  readonly data: readonly Sample[];
  /** Default: all that stand in the data. */
  readonly targets?: readonly Target[];
  /** Default `conv1d`. */
  readonly model?: ModelKind;
  /** Default `ops+operands`. */
  readonly mode?: TokenMode;
  readonly seed: number;
  /** Passes over the data: default 40. */
  readonly epochs?: number;
  /** Networks that are trained from other beginnings and averaged: default 1. */
  readonly members?: number;
  readonly schedule?: Partial<Omit<Schedule, "epochs">>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Tokens rarer than this are unknown. */
const MIN_COUNT = 3;

/**
 * Trains a cost model on the first function of every sample, on standardised log(1 + value) with
 * Huber's loss. The same data, options and seed give the same weights up to the rounding of the device.
 * @throws TypeError `ERR_TYPE`, RangeError `ERR_DOMAIN`; ForgeError `ERR_MIXED_TRUTH` for samples of
 *   different versions of LLVM or processors; the signal's reason on abort.
 */
export async function trainCostModel(options: TrainingOptions): Promise<CostModel> {
  checkRunOptions("trainCostModel", options);
  const {
    data,
    model = "conv1d",
    mode = "ops+operands",
    seed,
    members = 1,
    schedule = {},
    signal,
    onProgress,
  } = options;
  const epochs = options.epochs ?? defaultSchedule.epochs;
  checkType(Array.isArray(data), "trainCostModel", "data", "an array of samples", data);
  checkObject("trainCostModel", "schedule", schedule);
  checkMode("trainCostModel", mode);
  if (!modelKinds.includes(model)) {
    throw domainError(
      `trainCostModel: model must be one of ${modelKinds.join(", ")}, got ${String(model)}`,
    );
  }
  for (const [name, value] of Object.entries({ epochs, members, "data.length": data.length })) {
    if (!(Number.isSafeInteger(value) && value >= 1)) {
      throw domainError(`trainCostModel: ${name} must be a whole number >= 1, got ${value}`);
    }
  }
  checkOneSource("trainCostModel", data);
  const targets =
    options.targets ??
    targetNames.filter((t) => data.some(({ values }) => values[t] !== undefined));
  const functions = data.map(({ text }) => parseMlir(text).functions[0]!);
  const tokens = functions.map((f) => functionTokens(f, mode, lex));
  const vocabulary = vocabularyOf(tokens, mode, MIN_COUNT);
  const operations = [
    ...new Set(functions.flatMap((f) => f.operations.map(({ name }) => name))),
  ].sort();
  const logs = data.map(({ values }) =>
    targets.map((target) => Math.log1p(values[target] ?? Number.NaN)),
  );
  const spreads = targets.map((target, j) => {
    const known = logs.map((row) => row[j]!).filter((v) => !Number.isNaN(v));
    if (known.length === 0) throw domainError(`trainCostModel: no sample has the target ${target}`);
    const mean = known.reduce((a, b) => a + b, 0) / known.length;
    return {
      mean,
      deviation: Math.sqrt(known.reduce((a, v) => a + (v - mean) ** 2, 0) / known.length) || 1,
    };
  });
  const set = {
    inputs: functions.map((f) => networkInput(f, vocabulary, operations)),
    targets: logs.map((row) =>
      Float32Array.from(row, (v, j) => (v - spreads[j]!.mean) / spreads[j]!.deviation),
    ),
  };
  const networks = [];
  for (let m = 0; m < members; m++) {
    networks.push(
      await fit(model, vocabulary, set, { ...defaultSchedule, ...schedule, epochs }, seed + m, {
        ...(signal && { signal }),
        ...(onProgress && {
          onProgress: (done, total) => onProgress(m * total + done, members * total),
        }),
      }),
    );
  }
  const header = {
    format: 1 as const,
    kind: model,
    llvm: data[0]!.llvm,
    cpu: data[0]!.cpu,
    samples: data.length,
    seed,
    targets,
    means: spreads.map(({ mean }) => mean),
    deviations: spreads.map(({ deviation }) => deviation),
    vocabulary,
    operations,
    dialects: [...new Set(operations.map(dialectOf))].sort(),
    members,
    shapes: Object.entries(networks[0]!).map(([name, { shape }]) => [name, shape] as const),
  };
  return new CostModel(header, networks);
}
