import type { Rng } from "@daily-kernel/compute";
import type { Encoder } from "./encoder.ts";
import { addTo, product, productTA, productTB } from "./linear.ts";
import { normalWeight, type Weights, zeroWeight } from "./parameters.ts";

interface LstmShape {
  readonly vocabulary: number;
  readonly embedding: number;
  readonly hidden: number;
}

/** Tokens that the recurrent network reads; what follows is left out. */
const LONGEST = 256;

export function lstmWeights(rng: Rng, { vocabulary, embedding, hidden }: LstmShape): Weights {
  const bias = zeroWeight([4 * hidden]);
  bias.data.fill(1, hidden, 2 * hidden); // begin by remembering (Gers et al. 2000)
  return {
    embed: normalWeight(rng, [vocabulary, embedding], 0.5),
    input: normalWeight(rng, [embedding, 4 * hidden], Math.sqrt(1 / embedding)),
    recurrent: normalWeight(rng, [hidden, 4 * hidden], Math.sqrt(1 / hidden)),
    bias,
  };
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * A long short-term memory (Hochreiter and Schmidhuber 1997) over the tokens, gates in the order input,
 * forget, cell, output; the features are the last hidden state and log(1 + sequence length). A sequence
 * that has ended keeps its state. Differentiated through time by hand.
 */
export function lstmEncoder({ vocabulary, embedding, hidden }: LstmShape): Encoder {
  const gates = 4 * hidden;
  const width = hidden + 1;
  return {
    width,
    forward(weights, { ids, begins, lengths }) {
      const batch = lengths.length;
      const steps = Math.min(LONGEST, Math.max(0, ...lengths));
      const table = product(weights.embed!.data, weights.input!.data, vocabulary, embedding, gates);
      const bias = weights.bias!.data;
      const h: Float32Array[] = [new Float32Array(batch * hidden)];
      const c: Float32Array[] = [new Float32Array(batch * hidden)];
      const acts: Float32Array[] = [];
      for (let t = 0; t < steps; t++) {
        const act = product(h[t]!, weights.recurrent!.data, batch, hidden, gates);
        const [nextH, nextC] = [h[t]!.slice(), c[t]!.slice()];
        for (let s = 0; s < batch; s++) {
          if (t >= lengths[s]!) continue;
          const row = ids[begins[s]! + t]! * gates;
          for (let j = 0; j < hidden; j++) {
            const at = (gate: number) =>
              act[s * gates + gate * hidden + j]! +
              table[row + gate * hidden + j]! +
              bias[gate * hidden + j]!;
            const [i, f, g, o] = [sigmoid(at(0)), sigmoid(at(1)), Math.tanh(at(2)), sigmoid(at(3))];
            for (const [gate, value] of [i, f, g, o].entries())
              act[s * gates + gate * hidden + j] = value;
            const cell = f * c[t]![s * hidden + j]! + i * g;
            nextC[s * hidden + j] = cell;
            nextH[s * hidden + j] = o * Math.tanh(cell);
          }
        }
        acts.push(act);
        h.push(nextH);
        c.push(nextC);
      }
      const features = new Float32Array(batch * width);
      for (let s = 0; s < batch; s++) {
        features.set(h[steps]!.subarray(s * hidden, (s + 1) * hidden), s * width);
        features[s * width + hidden] = Math.log1p(lengths[s]!);
      }
      return {
        features,
        back(d, into) {
          const dTable = new Float32Array(table.length);
          let dH = new Float32Array(batch * hidden);
          const dC = new Float32Array(batch * hidden);
          for (let s = 0; s < batch; s++)
            dH.set(d.subarray(s * width, s * width + hidden), s * hidden);
          for (let t = steps - 1; t >= 0; t--) {
            const dAct = new Float32Array(batch * gates);
            for (let s = 0; s < batch; s++) {
              if (t >= lengths[s]!) continue;
              const row = ids[begins[s]! + t]! * gates;
              for (let j = 0; j < hidden; j++) {
                const k = s * hidden + j;
                const gate = (index: number) => acts[t]![s * gates + index * hidden + j]!;
                const [i, f, g, o] = [gate(0), gate(1), gate(2), gate(3)];
                const tanh = Math.tanh(c[t + 1]![k]!);
                const dCell = dC[k]! + dH[k]! * o * (1 - tanh * tanh);
                const steep = [
                  dCell * g * i * (1 - i),
                  dCell * c[t]![k]! * f * (1 - f),
                  dCell * i * (1 - g * g),
                  dH[k]! * tanh * o * (1 - o),
                ];
                dC[k] = dCell * f;
                for (const [index, value] of steep.entries()) {
                  dAct[s * gates + index * hidden + j] = value;
                  dTable[row + index * hidden + j]! += value;
                  into.bias!.data[index * hidden + j]! += value;
                }
              }
            }
            addTo(into.recurrent!.data, productTA(h[t]!, dAct, batch, hidden, gates));
            const before = productTB(dAct, weights.recurrent!.data, batch, gates, hidden);
            for (let s = 0; s < batch; s++) {
              if (t < lengths[s]!) continue;
              for (let j = 0; j < hidden; j++) before[s * hidden + j] = dH[s * hidden + j]!;
            }
            dH = before as Float32Array<ArrayBuffer>;
          }
          addTo(
            into.embed!.data,
            productTB(dTable, weights.input!.data, vocabulary, gates, embedding),
          );
          addTo(
            into.input!.data,
            productTA(weights.embed!.data, dTable, vocabulary, embedding, gates),
          );
        },
      };
    },
  };
}
