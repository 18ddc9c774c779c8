import { matrix } from "@daily-kernel/compute";
import {
  DigitalShiftInvariantKernel,
  fwht32Gpu,
  optimiseFastGaussianProcess,
} from "@daily-kernel/kernels";
import { IIDStdUniform, Lattice, type LatticeOptions, Sobol, sobolGpu } from "@daily-kernel/qmc";
import { defineRoom } from "@daily-kernel/reproduction";
import {
  type Extensible,
  gainsIn3d,
  replications,
  slopeClaims,
  slopesIn1d,
} from "./convergence.ts";
import * as figures from "./figures.ts";
import { differingOnGpu, type OnGpu } from "./gpu.ts";
import {
  type Cost,
  type FitProcess,
  fastProduct,
  median,
  type Product,
  processError,
  productCost,
  productError,
} from "./gram.ts";
import { ownInput } from "./own-input.ts";
import paper from "./paper.ts";
import { differingCoordinates, type MakeNet, source, wrongIntervals } from "./points.ts";
import {
  guaranteedIndices,
  type Indices,
  indexError,
  type Kept,
  keepTolerance,
  type Multilevel,
  multilevelMc,
  multilevelQmc,
  type Rule,
  rules,
  sensitivityIndices,
} from "./rules.ts";
import { type Profile, seriesError } from "./walsh.ts";

interface Subject {
  readonly sobol: MakeNet;
  readonly lattice: (options: LatticeOptions) => Extensible;
  readonly profile: Profile;
  readonly product: Product;
  readonly rules: Readonly<Record<string, Rule>>;
  readonly sensitivityIndices: Indices;
  readonly multilevelQmc: Multilevel;
  readonly multilevelMc: Multilevel;
  readonly fitProcess: FitProcess;
  readonly onGpu: OnGpu;
}

const subject: Subject = {
  sobol: (options) => new Sobol(options),
  lattice: (options) => new Lattice(options),
  profile: (alpha, x) => {
    const kernel = new DigitalShiftInvariantKernel({ dimension: 1, alpha, lengthscales: 1 });
    return kernel.pairs(matrix(1, 1, [x]), matrix(1, 1, [0]))[0]! - 1;
  },
  product: fastProduct,
  rules,
  sensitivityIndices,
  multilevelQmc,
  multilevelMc,
  fitProcess: (kernel, points, y, options) =>
    optimiseFastGaussianProcess(kernel, points, y, { ...options, maxIterations: 30 }),
  onGpu: { points: sobolGpu, transform: fwht32Gpu },
};

const spread = (values: readonly number[]): [number, number] => [
  Math.min(...values),
  Math.max(...values),
];

export default defineRoom({
  paper,
  subject,
  ownInput,
  async run(lab, { sobol, lattice, profile, product, ...subject }) {
    const full = lab.preset === "full";
    const { signal } = lab;
    const seedOf = (name: string) => lab.rng(name).integer(2 ** 31);

    await lab.progress(0, "comparing with QMCPy's points");
    const differing = await differingCoordinates(sobol, (done) =>
      lab.progress(0.05 * done, "comparing with QMCPy's points"),
    );
    lab.measure("sobol-points-identical", { kind: "exact", ...differing, note: source });
    const intervals = wrongIntervals(sobol, 10, 20, seedOf("nested"));
    lab.measure("nested-scramble-keeps-net", { kind: "exact", ...intervals });

    await lab.progress(0.05, "measuring slopes");
    const curves = slopesIn1d(sobol, lattice, seedOf);
    const iid = curves["independent points"].slope;
    lab.figure(figures.convergenceFigure("slopes", "A smooth function of one variable", curves));
    for (const [claim, name] of slopeClaims) {
      lab.measure(claim, {
        kind: "rounding",
        tolerance: 0.01,
        value: curves[name].slope,
        n: replications,
        controls: [{ label: "independent points", value: iid }],
      });
    }
    await lab.progress(0.1, "measuring Genz's function in three dimensions");
    const { curves: genz, gain, shiftGain } = gainsIn3d(sobol, seedOf);
    const title = "Genz's oscillatory function in three dimensions";
    lab.figure(figures.convergenceFigure("genz", title, genz));
    lab.measure("scrambling-beats-shift", {
      kind: "rounding",
      tolerance: 0.01,
      value: gain,
      n: replications,
      controls: [{ label: "digital shift, against independent points", value: shiftGain }],
    });
    for (const [id, name, set] of [
      ["net", "Scrambled Sobol' points", sobol({ dimension: 8, seed: seedOf("view") })],
      ["lattice", "A shifted lattice", lattice({ dimension: 8, seed: seedOf("view") })],
      ["iid", "Independent points", new IIDStdUniform({ dimension: 8, seed: seedOf("view") })],
    ] as const) {
      lab.figure(figures.projectionFigure(`points-${id}`, name, set.points({ nMax: 256 })));
    }

    await lab.progress(0.15, "summing Walsh series");
    lab.measure("dsi-kernel-is-its-walsh-series", {
      kind: "rounding",
      tolerance: 1e-12,
      value: seriesError(profile, lab.rng("walsh"), 200),
      n: 600,
    });
    lab.measure("fast-gram-exact", {
      kind: "rounding",
      tolerance: 1e-12,
      value: productError(product, 256, lab.rng("gram")),
      n: 512,
    });
    const costs: Cost[] = [];
    for (const n of full ? [256, 512, 1024, 2048, 4096, 8192] : [256, 1024, 4096]) {
      await lab.progress(0.16, `timing products with ${n} points`);
      costs.push(productCost(product, n, 9, lab.rng(`cost ${n}`)));
      lab.figure(figures.costFigure(costs));
    }
    const timed = costs.find(({ n }) => n === 4096)!;
    lab.measure("fast-gram-faster", {
      kind: "timing",
      value: median(timed.ratios),
      n: timed.ratios.length,
      interval: spread(timed.ratios),
    });

    const kept: Kept[] = [];
    const absTol = 1e-3;
    const names = Object.keys(subject.rules);
    const end = full ? 0.3 : 0.85;
    for (const [i, name] of names.entries()) {
      const breathe = (done: number) =>
        lab.progress(0.2 + ((end - 0.2) * (i + done)) / names.length, `integrating: ${name}`);
      const options = { absTol, seeds: 50, first: seedOf(`rule ${name}`) };
      kept.push(await keepTolerance(name, subject.rules[name]!, options, breathe, { signal }));
      lab.figure(figures.toleranceFigure(kept, absTol));
    }
    lab.measure("tolerance-kept", {
      kind: "exact",
      value: Math.min(...kept.map(({ kept, seeds }) => kept / seeds)),
      n: 50,
      controls: kept.map(({ rule, kept, seeds }) => ({ label: rule, value: kept / seeds })),
    });

    await lab.progress(end, "estimating sensitivity indices");
    lab.measure("ishigami-indices", {
      kind: "rounding",
      tolerance: 1e-9,
      value: indexError(await subject.sensitivityIndices(seedOf("ishigami"), { signal })),
      n: 12,
      controls: [
        {
          label: "the guaranteed rule on a net, same tolerance",
          value: indexError(await guaranteedIndices(seedOf("ishigami"), { signal })),
        },
      ],
      note: "The guaranteed rule can miss this tolerance: of 40 other seeds it missed 7, in QMCPy as well. Replications missed none.",
    });

    if (lab.device === "wasm") {
      lab.skip("gpu-bits-identical", "needs-gpu", "WebGPU is measured with --device webgpu");
    } else {
      await lab.attempt(["gpu-bits-identical"], async () => {
        const device = await lab.gpu();
        const found = await differingOnGpu(subject.onGpu, device, full ? 16 : 12, seedOf("gpu"));
        lab.measure("gpu-bits-identical", { kind: "exact", ...found });
      });
    }

    const slow = ["fast-process-on-65536-points", "multilevel-saves"] as const;
    if (!full) {
      for (const claim of slow) {
        lab.skip(claim, "skipped-by-preset", "takes minutes; use --preset full");
      }
      return;
    }
    const errors = { few: [] as number[], many: [] as number[] };
    for (const [k, kind] of (["lattice", "net"] as const).entries()) {
      await lab.progress(0.35 + 0.2 * k, `fitting a Gaussian process on a ${kind}`);
      for (const [size, n] of [
        ["few", 2 ** 10],
        ["many", 2 ** 16],
      ] as const) {
        const rng = lab.rng(`process ${kind}`);
        errors[size].push(await processError(subject.fitProcess, kind, n, rng, signal));
      }
    }
    lab.measure("fast-process-on-65536-points", {
      kind: "rounding",
      tolerance: 1e-3,
      value: Math.max(...errors.many),
      n: 2 ** 16,
      controls: [
        { label: "noise of the values", value: 0.01 },
        { label: "the same with 1,024 points", value: Math.max(...errors.few) },
        { label: "a constant", value: 1 },
      ],
    });

    const savings: number[] = [];
    const gaps: number[] = [];
    const tolerance = 5e-3;
    for (let k = 0; k < 5; k++) {
      await lab.progress(0.75 + 0.05 * k, "pricing an Asian option by levels");
      const seed = seedOf(`levels ${k}`);
      const quasi = await subject.multilevelQmc(seed, tolerance, { signal });
      const plain = await subject.multilevelMc(seed, tolerance, { signal });
      gaps.push(Math.abs(quasi.price - plain.price));
      // a price that is not the same to the two tolerances saves nothing
      savings.push(gaps.at(-1)! <= 2 * tolerance ? plain.cost / quasi.cost : 0);
    }
    lab.measure("multilevel-saves", {
      kind: "exact",
      value: median(savings),
      n: savings.length,
      interval: spread(savings),
      unit: "times",
      controls: [{ label: "largest difference of the two prices", value: Math.max(...gaps) }],
    });
  },
});
