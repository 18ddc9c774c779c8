import { iris } from "@daily-kernel/datasets";
import type { Kernel } from "@daily-kernel/kernels";
import {
  adHocData,
  estimateGram,
  QuantumKernel,
  trainVariational,
  ZZFeatureMap,
  zeroNoiseExtrapolate,
} from "@daily-kernel/quantum";
import { defineRoom } from "@daily-kernel/reproduction";
import { type Concentration, concentration, slopeOf } from "./concentration.ts";
import { denseError } from "./dense.ts";
import {
  BY_SHOTS,
  bySetAt,
  CLASSIFYING_SHOTS,
  type Curves,
  EXACT,
  mean,
  TRAINING_SHOTS,
  trainDepths,
} from "./depth.ts";
import * as figures from "./figures.ts";
import { type IrisScores, irisScores } from "./iris.ts";
import { firstRows, noiseSweep, stretches } from "./noise.ts";
import { ownInput } from "./own-input.ts";
import paper from "./paper.ts";
import {
  type AdHoc,
  accuracy,
  C_EXACT,
  C_SHOTS,
  type Classify,
  chosen,
  gaussianClassify,
  gaussianGrid,
  machineAccuracy,
  TEST,
  TRAIN,
  threeSets,
} from "./sets.ts";
import { type Estimate, type ShotAccuracy, scatter, shotAccuracy } from "./shots.ts";

interface Subject {
  readonly kernelOf: (qubits: number) => Kernel;
  readonly data: typeof adHocData;
  readonly gaussian: Classify;
  readonly estimate: Estimate;
  readonly extrapolate: (stretches: readonly number[], values: readonly number[]) => number;
  readonly train: typeof trainVariational;
  readonly iris: typeof irisScores;
}

const subject: Subject = {
  kernelOf: (qubits) => new QuantumKernel(new ZZFeatureMap({ qubits })),
  data: adHocData,
  gaussian: gaussianClassify,
  estimate: estimateGram,
  extrapolate: zeroNoiseExtrapolate,
  train: trainVariational,
  iris: irisScores,
};

const names = ["I", "II", "III"];

export default defineRoom({
  paper,
  subject,
  ownInput,
  async run(lab, { kernelOf, gaussian, estimate, train, ...subject }) {
    const full = lab.preset === "full";
    const map = new ZZFeatureMap({ qubits: 2 });
    const quantum = new QuantumKernel(map);

    await lab.progress(0, "comparing with dense algebra");
    const errors: number[] = [];
    for (const qubits of full ? [1, 2, 3, 4] : [1, 2, 3]) {
      const draws = lab.rng(`dense ${qubits}`).fillUniform(new Float64Array(20 * qubits));
      const x = { data: draws.map((u) => 2 * Math.PI * u), rows: 20, cols: qubits };
      const breathe = () => lab.progress(0.01, "comparing with dense algebra");
      errors.push(await denseError(kernelOf(qubits).gram(x, x), x, breathe));
    }
    lab.measure("kernel-matches-dense-algebra", {
      kind: "rounding",
      tolerance: 1e-13,
      value: Math.max(...errors),
      n: 400 * errors.length,
    });

    const sets = threeSets(subject.data, map, (name) => lab.rng(name));
    lab.figure(figures.setFigure(sets[0]!));
    const kernel = kernelOf(2);
    const exactAccuracy = (set: AdHoc) => {
      const { x } = set.train;
      const gram = { train: kernel.gram(x, x), test: kernel.gram(set.test.x, x) };
      return machineAccuracy(gram, set, C_EXACT);
    };
    const exact = sets.map(exactAccuracy);
    const further: number[] = [];
    for (let k = 0; full && k < 40; k++) {
      await lab.progress(0.015, "drawing further sets");
      const set = subject.data({ map, train: TRAIN, test: TEST, seed: lab.rng(`further ${k}`) });
      further.push(exactAccuracy(set).test);
    }
    const lowestOf = (values: readonly number[]) => Math.min(...values);
    const bySet = (label: string, values: readonly number[]) =>
      values.map((value, k) => ({ label: `${label}, set ${names[k]}`, value }));
    lab.measure("kernel-machine-separates", {
      kind: "rounding",
      tolerance: 0.5,
      value: lowestOf(exact.map(({ test }) => test)),
      n: 2 * TEST,
      unit: "%",
      controls: [
        ...bySet(
          "test accuracy",
          exact.map(({ test }) => test),
        ),
        { label: "lowest training accuracy", value: lowestOf(exact.map((a) => a.train)) },
        ...(full
          ? [
              { label: "mean of 40 further sets", value: mean(further) },
              {
                label: "of 40 further sets, those of at least 97.5 %",
                value: further.filter((value) => value >= 97.5).length,
              },
            ]
          : []),
      ],
      note: "The labels come from the same feature map: this tests the implementation, not usefulness.",
    });

    const tuned: number[] = [];
    const luckiest: number[] = [];
    for (const [k, { train: learn, test }] of sets.entries()) {
      const breathe = () => lab.progress(0.02 + 0.02 * k, "choosing a Gaussian kernel");
      const rng = lab.rng(`folds ${k}`);
      const best = await chosen(gaussianGrid, learn.x, learn.y, rng, gaussian, breathe);
      const scores = gaussianGrid.map((setting) =>
        accuracy(gaussian(learn.x, learn.y, test.x, setting), test.y),
      );
      tuned.push(scores[gaussianGrid.indexOf(best)]!);
      luckiest.push(Math.max(...scores));
    }
    lab.measure("gaussian-kernel-fails-here", {
      kind: "rounding",
      tolerance: 0.5,
      value: Math.max(...tuned),
      n: 2 * TEST,
      unit: "%",
      controls: [
        ...bySet("chosen by cross-validation", tuned),
        { label: "best of the grid on the test points themselves", value: Math.max(...luckiest) },
      ],
    });

    await lab.progress(0.1, "scattering shots");
    const shotOptions = { shots: 1000, repeats: full ? 100 : 20, rng: lab.rng("scatter") };
    const seen = await scatter(estimate, quantum, sets[0]!.train.x, shotOptions, () =>
      lab.progress(0.1, "scattering shots"),
    );
    lab.measure("shot-noise-is-binomial", {
      kind: "exact",
      value: seen.ratio,
      n: seen.n,
      interval: seen.interval,
    });
    lab.measure("shot-estimates-are-unbiased", {
      kind: "exact",
      value: seen.z,
      n: seen.n,
      unit: "standard errors",
    });

    const counts = full ? [10, 20, 50, 100, 500, 2000, 10_000, 50_000] : [10, 50, 500, 50_000];
    const curve = { shots: [] as number[], projected: [] as number[], raw: [] as number[] };
    for (const [k, shots] of counts.entries()) {
      const breathe = () => lab.progress(0.12 + 0.02 * k, `estimating kernels from ${shots} shots`);
      const scores: ShotAccuracy[] = [];
      for (const [s, set] of sets.entries()) {
        const rng = lab.rng(`shots ${shots} ${s}`);
        scores.push(await shotAccuracy(estimate, quantum, set, shots, rng, breathe));
      }
      const projected = scores.map((score) => score.projected);
      const raw = scores.map((score) => score.raw);
      curve.shots.push(shots);
      curve.projected.push(mean(projected));
      curve.raw.push(mean(raw));
      const controls = [
        ...bySet("projected", projected),
        { label: "lowest with the kernel as estimated", value: lowestOf(raw) },
        { label: "smallest eigenvalue", value: lowestOf(scores.map((s) => s.smallest)) },
      ];
      const measurement = { kind: "rounding", tolerance: 0.5, n: 2 * TEST, unit: "%" } as const;
      const note = `C = ${C_SHOTS}; the training block alone is projected.`;
      if (shots === 50) {
        const value = mean(projected);
        lab.measure("few-shots-suffice", { ...measurement, value, controls, note });
      }
      if (shots === 50_000) {
        const value = lowestOf(projected);
        lab.measure("device-shots-suffice", { ...measurement, value, controls, note });
      }
    }
    lab.figure(figures.shotFigure(curve, mean(exact.map(({ test }) => test)), mean(tuned)));

    const points = firstRows(sets[0]!.train.x, full ? 40 : 12);
    const sweep = await noiseSweep(estimate, subject.extrapolate, quantum, points, (percent) =>
      lab.progress(0.3, `simulating ${percent} % depolarising noise`),
    );
    const found = sweep.find(({ level }) => level === 0.02)!;
    lab.measure("extrapolation-reduces-noise", {
      kind: "rounding",
      tolerance: 1e-9,
      value: found.extrapolated / found.raw,
      n: found.n,
      controls: [
        { label: "error as measured", value: found.raw },
        { label: "error extrapolated", value: found.extrapolated },
      ],
      note: `Noise stretched by ${stretches.join(" and ")}; expected values, without shots: extrapolation multiplies their variance by 13.`,
    });
    lab.figure(figures.noiseFigure(sweep));

    const rows: Concentration[] = [];
    for (let qubits = 2; qubits <= (full ? 12 : 10); qubits++) {
      await lab.progress(0.32, `drawing kernels of ${qubits} qubits`);
      rows.push(concentration(kernelOf(qubits), 100, lab.rng(`points ${qubits}`)));
    }
    const slope = slopeOf(rows);
    lab.measure("kernel-concentrates", {
      kind: "rounding",
      tolerance: 1e-9,
      value: slope,
      n: rows.length,
      controls: [{ label: "variance, two qubits", value: rows[0]!.variance }].concat([
        { label: `variance, ${rows.at(-1)!.qubits} qubits`, value: rows.at(-1)!.variance },
      ]),
    });
    lab.figure(figures.concentrationFigure(rows, slope));

    await lab.attempt(["no-advantage-on-iris"], async () => {
      const flowers = await lab.data(iris);
      const breathe = () => lab.progress(0.35, "cross-validating on iris");
      const shuffles = full ? 5 : 1;
      const scores: IrisScores[] = [];
      for (let k = 0; k < shuffles; k++) {
        scores.push(await subject.iris(flowers, gaussian, lab.rng(`iris ${k}`), breathe));
      }
      const percent = (name: "quantum" | "gaussian" | "tuned") =>
        mean(scores.map((score) => score[name])) / 1.5;
      lab.measure("no-advantage-on-iris", {
        kind: "rounding",
        tolerance: 1,
        value: percent("quantum") - percent("gaussian"),
        n: 150 * shuffles,
        unit: "points",
        controls: [
          { label: "quantum kernel, %", value: percent("quantum") },
          { label: "Gaussian kernel, %", value: percent("gaussian") },
          { label: "quantum kernel with its bandwidth chosen, %", value: percent("tuned") },
        ],
        note: "Costs, lengths and bandwidths are chosen inside the training part of each fold.",
      });
    });

    const restarts = full ? 5 : 2;
    const depths = full ? [0, 1, 2, 3, 4] : [0, 4];
    let curves: Curves | undefined;
    for await (curves of trainDepths(train, map, sets, { depths, restarts }, lab)) {
      lab.figure(figures.depthFigure(curves, mean(exact.map(({ test }) => test))));
    }
    const at = (name: keyof Curves, layers: number) => bySetAt(curves!, name, layers);
    const spsa = { shallow: at(BY_SHOTS, 0), deep: at(BY_SHOTS, 4) };
    const gradients = { shallow: at(EXACT, 0), deep: at(EXACT, 4) };
    const common = { kind: "rounding", tolerance: 2, n: restarts, unit: "%" } as const;
    const note = `${TRAINING_SHOTS} shots in training, ${CLASSIFYING_SHOTS} in classification, ${restarts} starts a set.`;
    lab.measure("deep-circuit-learns", {
      ...common,
      value: spsa.deep.toSorted((a, b) => a - b)[1]!,
      controls: [...bySet("depth 4", spsa.deep), ...bySet("exact gradients", gradients.deep)],
      note,
    });
    lab.measure("shallow-circuit-does-not", {
      ...common,
      value: mean(spsa.shallow),
      controls: [...bySet("depth 0", spsa.shallow), ...bySet("exact gradients", gradients.shallow)],
      note: `${note} Sets differ: a rotation of the single qubits alone separates some of them.`,
    });
    lab.measure("depth-helps", {
      ...common,
      unit: "points",
      value: mean(gradients.deep) - mean(gradients.shallow),
      controls: [
        { label: "depth 4, %", value: mean(gradients.deep) },
        { label: "depth 0, %", value: mean(gradients.shallow) },
        {
          label: "the same difference with shots, points",
          value: mean(spsa.deep) - mean(spsa.shallow),
        },
      ],
    });
  },
});
