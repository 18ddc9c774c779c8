import { checkObject, dataError, domainError, typeError } from "@daily-kernel/compute";
import type { TrueMeasure } from "../measures/true-measure.ts";
import { type EvaluateOptions, Integrand } from "./integrand.ts";

export interface UMBridgeOptions {
  /** Name of the model on the server. */
  model: string;
  /** What the model takes as its configuration; `{}` by default. */
  config?: Record<string, unknown>;
  /** Requests under way at once; 4 by default. */
  parallel?: number;
  signal?: AbortSignal;
}

type Json = Record<string, unknown>;

async function post(url: string, path: string, body: Json, signal?: AbortSignal): Promise<Json> {
  let response: Response;
  try {
    response = await fetch(new URL(path, url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw dataError(`UMBridge: no answer from ${url}: ${(error as Error).message}`);
  }
  const answer = (await response.json().catch(() => undefined)) as Json | undefined;
  if (!response.ok || answer === undefined || answer.error !== undefined) {
    const said = (answer?.error as { message?: string } | undefined)?.message;
    throw dataError(`UMBridge: ${path} of ${url} failed: ${said ?? `status ${response.status}`}`);
  }
  return answer;
}

function sizes(value: unknown, what: string): number[] {
  const ok = Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!ok) throw dataError(`UMBridge: the server gave no ${what}`);
  return value as number[];
}

const total = (list: readonly number[]) => list.reduce((sum, n) => sum + n, 0);

/** The numbers from `start` on as lists of the given lengths. */
function split(numbers: Float64Array, start: number, lengths: readonly number[]): number[][] {
  let at = start;
  return lengths.map((length) => {
    at += length;
    return [...numbers.subarray(at - length, at)];
  });
}

/**
 * A model behind the UM-Bridge HTTP protocol (Seelinger et al. 2023), any language and machine: its
 * inputs, end to end, are the coordinates of the measure, its outputs, end to end, those of the
 * integrand.
 */
export class UMBridge extends Integrand {
  readonly inputSizes: readonly number[];
  readonly outputSizes: readonly number[];
  readonly #url: string;
  readonly #options: UMBridgeOptions;

  private constructor(
    measure: TrueMeasure,
    url: string,
    options: UMBridgeOptions,
    inputSizes: number[],
    outputSizes: number[],
  ) {
    super(measure, total(outputSizes));
    this.inputSizes = inputSizes;
    this.outputSizes = outputSizes;
    this.#url = url;
    this.#options = options;
  }

  /**
   * Asks the server for the model's sizes.
   *
   * @throws Error `ERR_DATA` if the server does not answer, does not have the model, or cannot
   * evaluate it; RangeError `ERR_DOMAIN` if the sizes do not fit the measure.
   */
  static async connect(
    measure: TrueMeasure,
    url: string,
    options: UMBridgeOptions,
  ): Promise<UMBridge> {
    checkObject("UMBridge.connect", "options", options);
    if (!URL.canParse(url)) throw typeError(`UMBridge.connect: url must be a URL, got ${url}`);
    const { model: name, config = {}, parallel = 4, signal } = options;
    if (typeof name !== "string") {
      throw typeError(`UMBridge.connect: options.model must be a string, got ${typeof name}`);
    }
    if (!(Number.isInteger(parallel) && parallel >= 1)) {
      throw domainError(`UMBridge.connect: parallel must be an integer >= 1, got ${parallel}`);
    }
    const info = await post(url, "ModelInfo", { name }, signal);
    if ((info.support as Json | undefined)?.Evaluate !== true) {
      throw dataError(`UMBridge: model ${name} of ${url} does not support evaluation`);
    }
    const input = await post(url, "InputSizes", { name, config }, signal);
    const output = await post(url, "OutputSizes", { name, config }, signal);
    const inputSizes = sizes(input.inputSizes, "input sizes");
    const outputSizes = sizes(output.outputSizes, "output sizes");
    if (total(inputSizes) !== measure.dimension) {
      throw domainError(
        `UMBridge: model ${name} has ${total(inputSizes)} inputs and the measure has ` +
          `dimension ${measure.dimension}`,
      );
    }
    return new UMBridge(measure, url, options, inputSizes, outputSizes);
  }

  protected override async g(
    x: Float64Array,
    n: number,
    { signal }: EvaluateOptions,
  ): Promise<Float64Array> {
    const values = new Float64Array(n * this.outputs);
    let next = 0;
    const work = async () => {
      while (next < n) {
        const i = next++;
        values.set(await this.#evaluate(x, i, signal), i * this.outputs);
      }
    };
    await Promise.all(Array.from({ length: this.#options.parallel ?? 4 }, work));
    return values;
  }

  async #evaluate(x: Float64Array, i: number, signal?: AbortSignal): Promise<number[]> {
    const { model: name, config = {} } = this.#options;
    const input = split(x, i * this.measure.dimension, this.inputSizes);
    const { output } = await post(this.#url, "Evaluate", { name, input, config }, signal);
    const flat = (output as number[][] | undefined)?.flat();
    if (flat?.length !== this.outputs || !flat.every((y) => typeof y === "number")) {
      throw dataError(
        `UMBridge: model ${name} must give ${this.outputs} numbers, got ${JSON.stringify(output)}`,
      );
    }
    return flat;
  }

  /** Solutions in the model's own shape, a list an output. */
  outputsOf(solution: Float64Array): number[][] {
    return split(solution, 0, this.outputSizes);
  }
}
