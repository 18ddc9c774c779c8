import type { Rng } from "@daily-kernel/compute";
import type { LabelledImages } from "@daily-kernel/datasets";
import { defaultDevice, init, numpy as np } from "@jax-js/jax";
import {
  type Adapter,
  type AdapterKind,
  bottleneckKind,
  denseKind,
  noKind,
  type Variant,
} from "./adapter-kinds.ts";
import { type FrozenNet, frozenNet, width } from "./frozen-net.ts";
import { accuracy, type Forward, type Labelled, train } from "./training.ts";

export interface AdapterSizes {
  training: number;
  /** Digits by which a search chooses; they are trained on afterwards. */
  validation: number;
  testing: number;
  /** Of the adapters; the frozen layers take three. */
  epochs: number;
  /** Epochs of each trial of the search; 0 for none: the first variants at the middle rate. */
  searching: number;
  /** How often all but the search is done. */
  seeds: number;
}

/** Rates of Adam that a search tries. */
const rates = [0.003, 0.01, 0.03] as const;

/** A variant at a rate. */
interface Setting {
  variant: Variant;
  rate: number;
}

/** Parameters of an adapter beside the head's, and its accuracy on the test digits in %. */
export interface AdapterResult {
  label: string;
  parameters: number;
  accuracy: number;
}

const withHead =
  ({ forward }: Adapter, { after }: FrozenNet): Forward =>
  ({ head, offset, ...rest }, h) =>
    np.matmul(after(forward(rest, h)), head!).add(offset!);

type Breathe = () => Promise<void>;

/** Trains one adapter with a new head, and says what it labels rightly in %. */
async function trial(
  { variant, rate }: Setting,
  net: FrozenNet,
  [training, testing]: readonly [Labelled, Labelled],
  epochs: number,
  rng: Rng,
  breathe: Breathe,
): Promise<{ parameters: number; accuracy: number }> {
  const adapter = variant.make(rng);
  const forward = withHead(adapter, net);
  const trained = adapter.initial(rng);
  const { classes } = training;
  const parameters = Object.values(trained).reduce((sum, { size }) => sum + size, 0);
  const initial = { ...trained, head: np.zeros([width, classes]), offset: np.zeros([classes]) };
  const order = rng.spawn("order");
  const fitted = await train(forward, initial, training, { epochs, rate, rng: order, breathe });
  const right = await accuracy(forward, fitted, testing, breathe);
  for (const array of Object.values(fitted)) array.dispose();
  adapter.dispose?.();
  return { parameters, accuracy: right };
}

/** The setting of each kind that labels most of the validation digits rightly. */
export async function searched(
  kinds: readonly AdapterKind[],
  net: FrozenNet,
  epochs: number,
  rng: Rng,
  breathe: (done: number) => Promise<void>,
): Promise<Setting[]> {
  const best: Setting[] = [];
  for (const [k, kind] of kinds.entries()) {
    const settings = kind.variants.flatMap((variant) => rates.map((rate) => ({ variant, rate })));
    let [chosen, most] = [settings[0]!, -1];
    for (const [s, setting] of settings.entries()) {
      const here = () => breathe((k + s / settings.length) / kinds.length);
      const data = [net.training, net.validation] as const;
      const stream = rng.spawn(`${kind.label} ${s}`);
      const { accuracy } = await trial(setting, net, data, epochs, stream, here);
      if (accuracy > most) [chosen, most] = [setting, accuracy];
    }
    best.push(chosen);
  }
  return best;
}

/** Both parts as one. */
function joined(a: Labelled, b: Labelled): Labelled {
  const rows = a.x.rows + b.x.rows;
  const data = new Float64Array(rows * a.x.cols);
  data.set(a.x.data);
  data.set(b.x.data, a.x.data.length);
  const labels = Uint8Array.of(...a.labels, ...b.labels);
  return { x: { data, rows, cols: a.x.cols }, labels, classes: a.classes };
}

interface Comparison {
  settings: { label: string; setting: string }[];
  /** For every seed one result a kind. */
  runs: AdapterResult[][];
}

/**
 * Adapters between two frozen layers that know 0 and 1 only, trained with a head to tell the other eight
 * digits apart. Each kind gets as many trials of a search, on digits kept from training; then all train
 * for every seed, on other frozen layers and another split each time.
 */
export async function compareAdapters(
  kernelKind: AdapterKind,
  digits: LabelledImages,
  sizes: AdapterSizes,
  rng: (stream: string) => Rng,
  breathe: (done: number) => Promise<void>,
): Promise<Comparison> {
  await init("wasm");
  defaultDevice("wasm");
  const kinds = [kernelKind, denseKind, bottleneckKind, noKind];
  let settings = kinds.map(({ variants }): Setting => ({ variant: variants[0]!, rate: rates[1] }));
  const share = sizes.searching > 0 ? 0.5 : 0;
  if (sizes.searching > 0) {
    const net = await frozenNet(digits, sizes, rng("adapters search"), () => breathe(0));
    settings = await searched(kinds, net, sizes.searching, rng("search"), (done) =>
      breathe(share * done),
    );
    net.dispose();
  }
  const runs: AdapterResult[][] = [];
  for (let seed = 0; seed < sizes.seeds; seed++) {
    const at = (k: number) => share + ((1 - share) * (seed + k / kinds.length)) / sizes.seeds;
    const stream = rng(`adapters ${seed}`);
    const net = await frozenNet(digits, sizes, stream, () => breathe(at(0)));
    const data = [joined(net.training, net.validation), net.testing] as const;
    const results: AdapterResult[] = [];
    for (const [k, { label }] of kinds.entries()) {
      const here = () => breathe(at(k));
      const own = stream.spawn(label);
      results.push({
        label,
        ...(await trial(settings[k]!, net, data, sizes.epochs, own, here)),
      });
    }
    net.dispose();
    runs.push(results);
  }
  return {
    settings: kinds.map(({ label }, k) => {
      const { variant, rate } = settings[k]!;
      return { label, setting: [variant.label, `rate ${rate}`].filter(Boolean).join(", ") };
    }),
    runs,
  };
}
