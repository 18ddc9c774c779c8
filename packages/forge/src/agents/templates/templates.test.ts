import assert from "node:assert/strict";
import { test } from "node:test";
import { tasks } from "../../tasks/registry.ts";
import type { Check, CoderContext } from "../attempt.ts";
import { type Strategy, templateCoder } from "../coders/template-coder.ts";
import { scripted, timingOf } from "../fixture.ts";
import { ruleJudge } from "../judges/rule-judge.ts";
import { runForge } from "../run-forge.ts";
import { matmulSpace } from "./matmul-space.ts";
import { methodIn } from "./methods.ts";
import { allPoints, keyOf, neighbours, shifted } from "./space.ts";
import { spaces, wgslSpaces } from "./spaces.ts";
import { expCoefficients } from "./vector-exp.ts";
import { waysOfThreeSteps } from "./wgsl-stencil-space.ts";

test("every space: its start is valid, points are distinct, and so are their sources", () => {
  for (const [task, space] of [...Object.entries(spaces), ...Object.entries(wgslSpaces)]) {
    assert.equal(space.task, task);
    assert.equal(tasks.get(task).id, task);
    assert.ok(space.valid(space.start), task);
    const points = allPoints(space);
    assert.equal(new Set(points.map((point) => keyOf(space, point))).size, points.length);
    const some = points.filter((_, i) => i % Math.ceil(points.length / 60) === 0);
    const sources = new Set(some.map((point) => JSON.stringify(space.render(point))));
    assert.equal(sources.size, some.length, task);
    const entry = space.language === "cpp" ? /forge_kernel/ : /@compute[\s\S]*fn main\(/;
    for (const source of sources) assert.match(source, entry);
    for (const shifts of Object.values(space.moves))
      for (const shift of shifts) shifted(space, points.at(-1)!, shift);
  }
});

test("shifts stay inside the space, and neighbours differ in one parameter", () => {
  const space = matmulSpace();
  const tile = {
    ...space.start,
    order: "tile",
    width: 16,
    mr: 12,
    nv: 2,
    kb: 256,
  };
  assert.equal(shifted(space, tile, { mr: 1 }), null);
  assert.equal(shifted(space, tile, { mr: 0 }), null);
  assert.deepEqual(shifted(space, tile, { mr: -1, pack: { to: "b" } }), {
    ...tile,
    mr: 8,
    pack: "b",
  });
  assert.throws(() => shifted(space, tile, { height: 1 }), /no parameter height/);
  for (const near of neighbours(space, tile)) {
    assert.ok(space.valid(near));
    const changed = Object.keys(tile).filter(
      (name) => near[name] !== (tile as Record<string, unknown>)[name],
    );
    assert.equal(changed.length, 1);
  }
});

test("methods are found in free words", () => {
  assert.equal(methodIn("Widen vectors to 512 bits"), "widen vectors");
  assert.equal(methodIn("vectorise the inner loop"), "use vectors");
  assert.equal(methodIn("reduce register pressure"), "shrink the register tile");
  assert.equal(methodIn("use non-temporal stores"), "stream stores");
  assert.equal(methodIn("pray"), null);
});

test("the polynomial for exp is as good as its degree promises", () => {
  for (const [degree, bound] of [
    [4, 5e-6],
    [5, 3e-7],
    [6, 1.2e-8],
  ] as const) {
    const c = expCoefficients(degree);
    let worst = 0;
    for (let i = -100; i <= 100; i++) {
      const x = (i * Math.LN2) / 200;
      const p = c.reduceRight((sum, each) => sum * x + each, 0);
      worst = Math.max(worst, Math.abs(p / Math.exp(x) - 1));
    }
    assert.ok(worst < bound && worst > bound / 50, `${degree}: ${worst}`);
  }
});

test("three steps between neighbours: 216 ways to 44 places", () => {
  const ways = waysOfThreeSteps();
  const counts = [...ways]
    .map(([each, places]) => [each, places.length])
    .sort((a, b) => a[0]! - b[0]!);
  assert.deepEqual(counts, [
    [1, 6],
    [3, 24],
    [6, 8],
    [15, 6],
  ]);
});

/** A pretended machine: wide vectors, tall tiles and packed operands are fast, spills are not. */
function search(strategy: Strategy, seed: number, rounds = 20) {
  const space = matmulSpace();
  const known = new Map<string, CoderContext["attempts"][number]["proposal"]["point"]>();
  const coder = templateCoder(space, { strategy, seed, horizon: rounds });
  const pointOf = (source: string) => known.get(source)!;
  const { forge } = scripted([], {
    rounds,
    coder: {
      name: coder.name,
      async propose(context) {
        const proposal = await coder.propose(context);
        known.set(proposal.source, proposal.point);
        return proposal;
      },
    },
    judge: ruleJudge({
      bound: { ns: 1, by: "arithmetic", bytesPerSecond: 1, flopsPerSecond: 1 },
    }),
    verifier: async (): Promise<Check> => ({ outcome: "accepted", log: "", verdict: null }),
    timing: async ({ source }) => {
      const { order, width, mr, nv, pack } = pointOf(source)!;
      if (order !== "tile") return timingOf(order === "ikj" ? 8 : 1);
      const held = Number(mr) * Number(nv);
      return timingOf(
        (Number(width) * Math.min(held, 24) * (pack === "b" ? 1.3 : 1)) / (held > 24 ? 3 : 1),
      );
    },
    counters: ({ source }) => {
      const { order, width, mr, nv, pack } = pointOf(source)!;
      const [m, n] = [Number(mr), Number(nv)];
      return {
        packedShare: order === "tile" ? 1 : 0,
        vectorBits: order === "tile" ? 32 * Number(width) : 32,
        machineVectorBits: 512,
        flopsPerLoad: order === "tile" ? (m * n) / (m + n) : 1,
        spills: m * n > 24 ? 20 : 0,
        stridedPointers: pack === "no" ? 1 : 0,
        roofShare: 0.5,
      };
    },
  });
  return runForge(forge);
}

test("advice leads to the best there is, and faster than a blind search", async () => {
  const best = async (strategy: Strategy, rounds: number) => {
    const speeds = [];
    for (const seed of [1, 2, 3, 4, 5, 6])
      speeds.push((await search(strategy, seed, rounds)).best!.timing!.speedup);
    return speeds.reduce((sum, x) => sum + x, 0) / speeds.length;
  };
  const advised = await best("advised", 10);
  assert.ok(advised > 0.95 * 16 * 24 * 1.3, `${advised}`);
  assert.ok(advised > 1.05 * (await best("random", 10)));
  assert.ok((await best("hill-climb", 60)) > 100);
  assert.ok((await best("anneal", 60)) > 100);
});

test("a template coder says the same again for the same past, and nothing twice", async () => {
  for (const strategy of ["advised", "random", "hill-climb", "anneal"] as const) {
    const [one, two] = [await search(strategy, 7), await search(strategy, 7)];
    const points = ({ attempts }: typeof one) => attempts.map(({ proposal }) => proposal.point);
    assert.deepEqual(points(one), points(two));
    assert.equal(new Set(points(one).map((point) => JSON.stringify(point))).size, 20, strategy);
    assert.notDeepEqual(points(await search(strategy, 8)), points(one));
  }
});
