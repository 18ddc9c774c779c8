import assert from "node:assert/strict";
import { test } from "node:test";
import { BoxIntegral, CustomFun, Keister } from "../integrands/index.ts";
import { Gaussian } from "../measures/gaussian.ts";
import { DigitalNetB2 } from "../sequences/digital-net-b2.ts";
import { Lattice } from "../sequences/lattice/lattice.ts";
import {
  CubQMCLatticeG,
  CubQMCNetG,
  CubQMCRepStudentT,
  type Integration,
  type StoppingCriterion,
} from "./index.ts";

/*
 * Runs of QMCPy 2.4 with the seed 7, on its own randomised points, which are given here as generating
 * vector and shift, or as scrambled matrices (t = 53) and digital shift.
 */
const lattice = () =>
  new Lattice({
    dimension: 3,
    generatingVector: [1, 182667, 213731],
    shifts: [0.04386058169831253, 0.5872743236851424, 0.3691824004624027],
  });

const columns = [
  [
    5115535136307738n,
    2396957961402368n,
    1471017310885157n,
    1015183735732111n,
    428853300079331n,
    268376418000521n,
    134358271965620n,
    39125093046010n,
    22518501176278n,
    15113063863071n,
    7858600024029n,
    3046735996821n,
    1704501073595n,
    707212242250n,
    329127564825n,
    209875481287n,
  ],
  [
    5576990211471880n,
    8718129490363504n,
    5871864313351196n,
    7429330976722909n,
    5265695264658512n,
    8782470136465132n,
    6177243378891153n,
    7843427933704474n,
    5561823089441782n,
    8698452781895415n,
    5852972065165858n,
    7455287448434617n,
    5249802930953932n,
    8774795915936771n,
    6162724627293797n,
    7816129365550421n,
  ],
];
const net = () =>
  new DigitalNetB2({
    dimension: 2,
    bits: 53,
    generatingMatrices: columns,
    randomize: "DS",
    digitalShifts: [701130073736626n, 505731787184709n],
  });

const close = (a: number, b: number) =>
  assert.ok(Math.abs(a - b) <= 1e-13 * Math.max(1, Math.abs(b)), `${a} and ${b}`);

async function expectRun(
  rule: StoppingCriterion,
  [solution, n, lower, upper]: readonly [number, number, number, number],
): Promise<Integration> {
  const run = await rule.integrate();
  assert.equal(run.n, n);
  close(run.solution[0]!, solution);
  close(run.bounds.lower[0]!, lower);
  close(run.bounds.upper[0]!, upper);
  return run;
}

test("CubQMCLatticeG: what QMCPy finds on the same points", async () => {
  const runs = [
    ["baker", 1e-2, [2.1686885195991934, 2048, 2.162338915826347, 2.17503812337204]],
    ["C1sin", 1e-2, [2.1683094580470943, 4096, 2.1671322523953482, 2.1694866636988404]],
    ["baker", 1e-3, [2.1682926324050253, 16384, 2.1675144828437416, 2.169070781966309]],
    ["C1sin", 1e-3, [2.168309190462902, 8192, 2.1681541096466637, 2.1684642712791407]],
  ] as const;
  for (const [periodization, absTol, expected] of runs) {
    const rule = new CubQMCLatticeG(new Keister(lattice()), { absTol, periodization });
    await expectRun(rule, expected);
  }
});

test("CubQMCNetG: what QMCPy finds on the same points", async () => {
  const run = (options: object) => new CubQMCNetG(new Keister(net()), options);
  await expectRun(
    run({ absTol: 1e-2 }),
    [1.8079796937770098, 1024, 1.803430830095043, 1.8125285574589767],
  );
  await expectRun(
    run({ absTol: 1e-3 }),
    [1.8080551772242965, 8192, 1.807718476382918, 1.8083918780656751],
  );
  await expectRun(
    run({ absTol: 0, relTol: 2e-3 }),
    [1.8086361754639546, 2048, 1.8060093118330305, 1.8112735676064253],
  );
});

test("CubQMCNetG with a control variate: what QMCPy finds on the same points", async () => {
  const points = net();
  const square = new CustomFun(new Gaussian(points, { covariance: 0.5 }), (x, n) =>
    new Float64Array(n).map((_, i) => x[2 * i]! ** 2 + x[2 * i + 1]! ** 2),
  );
  const rule = new CubQMCNetG(new Keister(points), {
    absTol: 1e-3,
    controlVariates: [square],
    controlVariateMeans: [1],
  });
  await expectRun(rule, [1.8075069720671992, 1024, 1.8067912496108276, 1.8082226945235709]);
});

test("CubQMCNetG with two outputs: each stops when it may", async () => {
  const rule = new CubQMCNetG(new BoxIntegral(net(), { s: [1, 7] }), { absTol: 1e-3 });
  const { solution, bounds, n, state } = await rule.integrate();
  assert.equal(n, 8192);
  assert.deepEqual(state().data.counts, [1024, 8192]);
  close(solution[0]!, 0.7651954409844006);
  close(solution[1]!, 0.7516598028236912);
  close(bounds.lower[0]!, 0.7648317329448564);
  close(bounds.lower[1]!, 0.7513997924218927);
});

test("CubQMCRepStudentT: what QMCPy finds on the same points", async () => {
  const matrices = [
    [
      5115535136307738n,
      2396957961402368n,
      1471017310885157n,
      1015183735732111n,
      428853300079331n,
      268376418000521n,
      134358271965620n,
      39125093046010n,
      22518501176278n,
      15113063863071n,
      7858600024029n,
      3046735996821n,
    ],
    [
      5576990211471880n,
      3704433101340280n,
      1983878863091220n,
      1004590975761849n,
      392667649715800n,
      193147097033924n,
      82907634703317n,
      62179747727246n,
      20121417728510n,
      13645358353273n,
      5627811651520n,
      3707449666851n,
    ],
    [
      4579378507471267n,
      2741440889671407n,
      1204776467675433n,
      830332445424944n,
      400853146117348n,
      185268932016022n,
      132032486812177n,
      67054617350476n,
      28164750524256n,
      17215763694051n,
      5772043564167n,
      3683728441694n,
    ],
    [
      8062615242528297n,
      3436779516774285n,
      1987051492418609n,
      627629741452380n,
      493248270276617n,
      178881361835173n,
      74302105888933n,
      67903136460348n,
      32615023046283n,
      15459935157481n,
      7048443727969n,
      3661310030108n,
    ],
  ];
  const points = new DigitalNetB2({
    dimension: 1,
    bits: 53,
    replications: 4,
    generatingMatrices: matrices.map((matrix) => [matrix]),
    randomize: "DS",
    digitalShifts: [
      [474320021719428n],
      [5921429296319372n],
      [6179469187531535n],
      [1833634295524589n],
    ],
  });
  const rule = new CubQMCRepStudentT(new Keister(points), { absTol: 1e-3, nInit: 64 });
  await expectRun(rule, [1.381202032990422, 2048, 1.380581859617358, 1.381822206363486]);
});
