import { Rng, ThreadPool } from "@daily-kernel/compute";
import { depthwiseConv2d, type Tensor, tensor, toJax } from "@daily-kernel/nn";
import { defaultDevice, init, lax } from "@jax-js/jax";
import { onnxDepthwise, onnxRuntime } from "./depthwise/onnx.ts";
import { startTorch } from "./depthwise/torch.ts";
import {
  type Comparison,
  type Contender,
  local,
  notAvailable,
  type Result,
  sideBySide,
} from "./peers/side-by-side.ts";
import { printTable } from "./peers/table.ts";

export const about = "depthwise convolution and its gradients: ONNX Runtime, jax-js, PyTorch";

/** Channels, height and width, taps: ConvNeXt's and RepLKNet's stages. */
const SHAPES = [
  [64, 56, 7],
  [64, 56, 31],
  [256, 14, 7],
] as const;

/** `work` so often that the clock's grain and a context switch do not decide. */
function repeated(name: string, times: number, work: () => unknown): Contender {
  return local(name, async () => {
    let value: unknown;
    for (let i = 0; i < times; i++) value = await work();
    return value;
  });
}

/** jax-js's grouped convolution, its result read into an array like ours. */
function jaxDepthwise(x: Tensor, w: Tensor): Contender {
  const [input, weights] = [toJax(x), toJax(w)];
  const options = { featureGroupCount: w.shape[0]! };
  return local("jax-js wasm", () =>
    lax.convGeneralDilated(input.ref, weights.ref, [1, 1], "SAME", options).data(),
  );
}

/** The comparisons at one shape: forward against the peers, threads and gradients against forward. */
async function comparisons(
  [channels, side, K]: (typeof SHAPES)[number],
  pool: ThreadPool,
  onnx: ReturnType<typeof onnxRuntime>,
  torch: ReturnType<typeof startTorch>,
): Promise<Comparison[]> {
  const rng = new Rng(1);
  const x = tensor([1, channels, side, side]);
  const w = tensor([channels, 1, K, K]);
  for (const { data } of [x, w]) rng.fillNormal(data);
  const dy = depthwiseConv2d.forward(x, w);
  const gflop = (2 * x.data.length * K * K) / 1e9;
  const times = Math.ceil(0.4 / gflop); // about 10 ms
  const operation = `depthwise ${K} x ${K}, ${channels} x ${side} x ${side}`;
  const row = (passes: number, repeats: number) => ({
    floor: `${(passes * gflop).toPrecision(3)} GFLOP`,
    rate: { amount: passes * gflop * repeats, unit: "GFLOP/s" },
    tolerance: 1e-5,
  });
  const forward = () => depthwiseConv2d.forward(x, w).data;
  const out = tensor(dy.shape);
  const forwardInto = () => depthwiseConv2d.forward(x, w, { out }).data;
  const peers: Contender[] = [];
  if (!("missing" in onnx)) peers.push(await onnxDepthwise(onnx, x, w, times));
  if (!("missing" in torch)) peers.push(torch.depthwise(x, w, times));
  const rows: Comparison[] = [
    { operation, ...row(1, times), ours: repeated("ours", times, forward), peers },
    {
      operation: `${operation}, into out`,
      ...row(1, times),
      ours: repeated("ours", times, forwardInto),
      peers,
    },
    {
      operation: `${operation}, ${pool.threads} threads`,
      ...row(1, times),
      ours: repeated(
        "ours",
        times,
        async () => (await depthwiseConv2d.forward(x, w, { pool })).data,
      ),
      peers: [repeated("ours, 1 thread", times, forward)],
    },
    {
      operation: `${operation}, both gradients`,
      ...row(2, times),
      ours: repeated("ours", times, () => depthwiseConv2d.vjp(x, w, dy)[0].data),
      peers: [repeated("our forward, twice", 2 * times, forward)],
      unlike: ["our forward, twice"],
    },
  ];
  // jax-js is slower by so much that one pass is enough, and 31 x 31 would take seconds.
  if (K === 7) {
    const ours = local("ours", forward);
    rows.push({ operation, ...row(1, 1), ours, peers: [jaxDepthwise(x, w)] });
  }
  return rows;
}

/** The rows of this suite, for the `compute` suite to show as well. */
export async function depthwiseRows(pool: ThreadPool): Promise<Result[]> {
  await init("wasm");
  defaultDevice("wasm");
  const onnx = onnxRuntime();
  const torch = startTorch();
  const results: Result[] = [];
  try {
    for (const shape of SHAPES) {
      for (const comparison of await comparisons(shape, pool, onnx, torch)) {
        process.stderr.write(`${comparison.operation}\n`);
        results.push(...(await sideBySide(comparison)));
      }
    }
  } finally {
    if (!("missing" in torch)) await torch.close();
  }
  if ("missing" in onnx) results.push(notAvailable("depthwise", "onnxruntime", onnx.missing));
  if ("missing" in torch) results.push(notAvailable("depthwise", "PyTorch", torch.missing));
  return results;
}

/** Prints the table. */
export async function run(): Promise<void> {
  await using pool = await ThreadPool.create({ threads: 2 });
  printTable(await depthwiseRows(pool));
}
