import { checkType } from "@daily-kernel/compute";
import { jit, numpy as np, valueAndGrad } from "@jax-js/jax";

type JaxArray = np.Array;

/** jax-js arrays by name: what a network learns. */
export type Parameters = Record<string, JaxArray>;

/** A number to make small; takes its arguments over, as functions of jax-js do. */
export type Loss = (parameters: Parameters, ...batch: JaxArray[]) => JaxArray;

type Stepped = [JaxArray, Parameters, Parameters, Parameters];

/** Parameters on their way and their two moments. */
export interface AdamState {
  parameters: Parameters;
  moments: [mean: Parameters, square: Parameters];
  steps: number;
}

/** Adam for one loss, compiled once for each shape of parameters and batch, whatever it trains. */
export interface Adam {
  /** Takes the parameters over; they are `state.parameters` from now on. */
  begin(initial: Parameters): AdamState;
  /** One step along the gradient of a batch, which it takes over; resolves to the loss before it. */
  step(state: AdamState, rate: number, ...batch: JaxArray[]): Promise<number>;
  /** Frees the moments and hands the parameters back. */
  end(state: AdamState): Parameters;
  /** Frees the compiled steps. */
  dispose(): void;
}

/** Adam (Kingma and Ba 2015, algorithm 1) with decay rates 0.9 and 0.999 and epsilon 1e-8. */
export function adam(loss: Loss): Adam {
  checkType(typeof loss === "function", "adam", "loss", "a function", loss);
  const slopes = valueAndGrad(loss);
  const compiled = jit(
    (p: Parameters, m: Parameters, v: Parameters, rate: JaxArray, ...batch: JaxArray[]) => {
      const own = Object.fromEntries(Object.entries(p).map(([key, value]) => [key, value.ref]));
      const [value, g] = slopes(own, ...batch) as [JaxArray, Parameters];
      const next: [Parameters, Parameters, Parameters] = [{}, {}, {}];
      for (const key of Object.keys(p)) {
        const slope = g[key]!;
        const mean = m[key]!.mul(0.9).add(slope.ref.mul(0.1));
        const square = v[key]!.mul(0.999).add(slope.ref.mul(slope).mul(0.001));
        const change = mean.ref.div(np.sqrt(square.ref).add(1e-8)).mul(rate.ref);
        next[0][key] = p[key]!.sub(change);
        next[1][key] = mean;
        next[2][key] = square;
      }
      rate.dispose();
      return [value, ...next] as Stepped;
    },
  );
  return {
    begin(initial) {
      const zeros = () =>
        Object.fromEntries(Object.entries(initial).map(([key, p]) => [key, np.zeros(p.shape)]));
      return { parameters: initial, moments: [zeros(), zeros()], steps: 0 };
    },
    async step(state, rate, ...batch) {
      state.steps += 1;
      const corrected = (rate * Math.sqrt(1 - 0.999 ** state.steps)) / (1 - 0.9 ** state.steps);
      const [value, parameters, ...moments] = compiled(
        state.parameters,
        ...state.moments,
        np.array(corrected),
        ...batch,
      ) as Stepped;
      Object.assign(state, { parameters, moments });
      // jax-js is lazy: steps that nobody asks for would pile up with their batches.
      const [number] = await value.data();
      return number!;
    },
    end({ parameters, moments }) {
      for (const moment of moments) for (const array of Object.values(moment)) array.dispose();
      return parameters;
    },
    dispose: () => compiled.dispose(),
  };
}
