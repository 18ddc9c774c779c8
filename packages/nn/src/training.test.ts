import assert from "node:assert/strict";
import { before, test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { defaultDevice, init, lax, nn, numpy as np, valueAndGrad, vjp } from "@jax-js/jax";
import { depthwiseConv2d } from "./depthwise-conv2d.ts";
import { fromJax, toJax } from "./jax.ts";
import { type Tensor, tensor } from "./tensor.ts";

const N = 32;
const SIDE = 10;
const C = 3;
const K = 5;

/** Mixing weights [C], depthwise weights [C, 1, K, K], read-out [C]. */
type Params = { mix: Tensor; conv: Tensor; head: Tensor };
type JaxParams = { mix: np.Array; conv: np.Array; head: np.Array };

function normal(rng: Rng, shape: number[], scale: number): Tensor {
  const t = tensor(shape);
  rng.fillNormal(t.data);
  for (let i = 0; i < t.data.length; i++) t.data[i]! *= scale;
  return t;
}

/** Noisy pictures of horizontal (-1) or vertical (+1) stripes at a random phase. */
function stripes(rng: Rng): { images: Tensor; labels: Tensor } {
  const images = normal(rng, [N, 1, SIDE, SIDE], 0.5);
  const labels = tensor([N]);
  for (let n = 0; n < N; n++) {
    const vertical = rng.integer(2);
    const phase = rng.integer(4);
    labels.data[n] = 2 * vertical - 1;
    for (let i = 0; i < SIDE * SIDE; i++) {
      const along = vertical ? i % SIDE : Math.floor(i / SIDE);
      images.data[n * SIDE * SIDE + i]! += (along + phase) % 4 < 2 ? 1 : -1;
    }
  }
  return { images, labels };
}

// The model in two jax segments, with the depthwise convolution between them.
const spread = (images: np.Array, mix: np.Array): np.Array => images.mul(mix.reshape([1, C, 1, 1]));

function lossOf(features: np.Array, head: np.Array, labels: np.Array): np.Array {
  const pooled = nn.relu(features).mean([2, 3]); // [N, C]
  const logits = np.dot(pooled, head);
  return nn.softplus(logits.mul(labels).mul(-1)).mean();
}

/** Loss and gradients with our convolution in the middle. */
async function ours(p: Params, images: Tensor, labels: Tensor): Promise<[number, Params]> {
  const [mixed, backSpread] = vjp(spread, [toJax(images), toJax(p.mix)]);
  const input = await fromJax(mixed);
  const features = depthwiseConv2d.forward(input, p.conv);
  const [loss, backLoss] = vjp(
    (f: np.Array, head: np.Array) => lossOf(f, head, toJax(labels)),
    [toJax(features), toJax(p.head)],
  );
  const [dFeatures, dHead] = backLoss(np.array(1));
  const [dInput, conv] = depthwiseConv2d.vjp(input, p.conv, await fromJax(dFeatures));
  const [dImages, dMix] = backSpread(toJax(dInput));
  dImages.dispose();
  backSpread.dispose();
  backLoss.dispose();
  return [loss.js() as number, { mix: await fromJax(dMix), conv, head: await fromJax(dHead) }];
}

/** The same with jax-js's own grouped convolution, differentiated as a whole. */
async function jaxAlone(p: Params, images: Tensor, labels: Tensor): Promise<[number, Params]> {
  const [loss, grads] = valueAndGrad((q: JaxParams) => {
    const mixed = spread(toJax(images), q.mix);
    const features = lax.convGeneralDilated(mixed, q.conv, [1, 1], "SAME", {
      featureGroupCount: C,
    });
    return lossOf(features, q.head, toJax(labels));
  })({ mix: toJax(p.mix), conv: toJax(p.conv), head: toJax(p.head) });
  const { mix, conv, head } = grads as JaxParams;
  return [
    loss.js() as number,
    { mix: await fromJax(mix), conv: await fromJax(conv), head: await fromJax(head) },
  ];
}

const NAMES = ["mix", "conv", "head"] as const;

function init3(rng: Rng): Params {
  return {
    mix: normal(rng, [C], 1),
    conv: normal(rng, [C, 1, K, K], 1 / K),
    head: normal(rng, [C], 1),
  };
}

before(async () => {
  await init("wasm");
  defaultDevice("wasm");
});

test("gradients through our convolution are those of jax's own", async () => {
  const rng = new Rng(5);
  const { images, labels } = stripes(rng);
  const p = init3(rng);
  const [loss, grads] = await ours(p, images, labels);
  const [expectedLoss, expected] = await jaxAlone(p, images, labels);
  assert.ok(Math.abs(loss - expectedLoss) < 1e-6);
  for (const name of NAMES) {
    assert.deepEqual(grads[name].shape, expected[name].shape);
    const scale = Math.max(...expected[name].data.map(Math.abs));
    assert.ok(scale > 0.01, `${name} has a gradient to speak of`);
    for (const [i, g] of grads[name].data.entries()) {
      assert.ok(Math.abs(g - expected[name].data[i]!) < 1e-5 * scale, `${name}[${i}]`);
    }
  }
});

test("a model with it learns: the loss falls, on pictures not seen as well", async () => {
  for (const seed of [1, 2, 3]) {
    const rng = new Rng(seed, "training");
    const p = init3(rng);
    const unseen = stripes(rng.spawn("unseen"));
    const [before] = await ours(p, unseen.images, unseen.labels);
    for (let step = 0; step < 60; step++) {
      const { images, labels } = stripes(rng);
      const [, grads] = await ours(p, images, labels);
      for (const name of NAMES) {
        for (let i = 0; i < p[name].data.length; i++) p[name].data[i]! -= grads[name].data[i]!;
      }
    }
    const [after] = await ours(p, unseen.images, unseen.labels);
    assert.ok(after < 0.35 && after < before / 2, `seed ${seed}: from ${before} to ${after}`);
  }
});
