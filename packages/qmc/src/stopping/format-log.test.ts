import assert from "node:assert/strict";
import { test } from "node:test";
import { CustomFun, Keister } from "../integrands/index.ts";
import { Uniform } from "../measures/uniform.ts";
import { Sobol } from "../sequences/sobol.ts";
import { CubQMCNetG, formatLog } from "./index.ts";

test("one solution: a line a step", () => {
  const log = [
    { n: 64, solution: [0.125], lower: [0], upper: [0.25], seconds: 0.0004 },
    { n: 65536, solution: [-12.5], lower: [-Infinity], upper: [Infinity], seconds: 12.34567 },
  ];
  assert.equal(
    formatLog({ log }),
    `step      n    solution      lower       upper  seconds
   1     64  0.12500000  0.0000000  0.25000000    0.000
   2  65536  -12.500000  -Infinity    Infinity   12.346`,
  );
});

test("several solutions: a line each", () => {
  const log = [{ n: 64, solution: [1, 2e-9], lower: [0, 1e-9], upper: [2, 3e-9], seconds: 1 }];
  assert.equal(
    formatLog({ log }),
    `step   n  output      solution         lower         upper  seconds
   1  64       0     1.0000000     0.0000000     2.0000000    1.000
               1  2.0000000e-9  1.0000000e-9  3.0000000e-9`,
  );
});

test("the log of a run has its steps", async () => {
  const rule = new CubQMCNetG(new Keister(new Sobol({ dimension: 2, seed: 5 })), { absTol: 1e-4 });
  const integration = await rule.integrate();
  const lines = formatLog(integration).split("\n");
  assert.equal(lines.length, integration.log.length + 1);
  assert.ok(lines.at(-1)!.includes(` ${integration.n} `));
  assert.ok(lines.at(-1)!.includes(integration.solution[0]!.toPrecision(8)));
  assert.ok(lines.every((line) => line.length === lines[0]!.length));
  const pair = new CustomFun(
    new Uniform(new Sobol({ seed: 5 })),
    (x, n) => new Float64Array(2 * n).map((_, k) => x[k >> 1]! ** (1 + (k & 1))),
    { outputs: 2 },
  );
  const two = formatLog(await new CubQMCNetG(pair, { absTol: 1e-3 }).integrate()).split("\n");
  assert.match(two[0]!, /output/);
  assert.equal(two.length % 2, 1);
});

test("what has no log is refused", () => {
  assert.throws(() => formatLog(null as never), { code: "ERR_TYPE", message: /formatLog/ });
  assert.throws(() => formatLog({} as never), { code: "ERR_TYPE", message: /integration.log/ });
});
