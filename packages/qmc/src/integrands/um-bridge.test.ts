import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { Uniform } from "../measures/uniform.ts";
import { Sobol } from "../sequences/sobol.ts";
import { CubQMCRepStudentT } from "../stopping/cub-qmc-rep-student-t.ts";
import { UMBridge } from "./index.ts";

/** A model of the UM-Bridge protocol: inputs of sizes 1 and 2, outputs of sizes 2 and 1. */
const answers: Record<string, (body: { name: string; input?: number[][] }) => unknown> = {
  "/ModelInfo": ({ name }) =>
    name === "forward"
      ? { support: { Evaluate: true } }
      : { error: { type: "ModelNotFound", message: `Model ${name} not supported by server!` } },
  "/InputSizes": () => ({ inputSizes: [1, 2] }),
  "/OutputSizes": () => ({ outputSizes: [2, 1] }),
  "/Evaluate": ({ input }) => {
    const [[a], [b, c]] = input as [[number], [number, number]];
    return { output: [[a + b, b * c], [a * a]] };
  },
};
const server = createServer(async (request, response) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  const answer = answers[request.url!]!(JSON.parse(text));
  response.writeHead((answer as { error?: unknown }).error ? 400 : 200);
  response.end(JSON.stringify(answer));
});
let url = "";
before(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
after(() => void server.close());

const measure = (dimension = 3) => new Uniform(new Sobol({ dimension, replications: 8 }));

test("UMBridge: a model behind HTTP is an integrand", async () => {
  const integrand = await UMBridge.connect(measure(), url, { model: "forward" });
  assert.equal(integrand.outputs, 3);
  const values = await integrand.f(Float64Array.of(0.25, 0.5, 0.125), 1);
  assert.deepEqual([...values], [0.75, 0.0625, 0.0625]);
  const rule = new CubQMCRepStudentT(integrand, { absTol: 0.02, nInit: 32 });
  const { solution } = await rule.integrate();
  const shaped = integrand.outputsOf(solution);
  assert.deepEqual(
    shaped.map((list) => list.length),
    [2, 1],
  );
  for (const [k, exact] of [1, 0.25, 1 / 3].entries()) {
    assert.ok(Math.abs(solution[k]! - exact) < 0.02);
  }
});

test("UMBridge: what can go wrong says so", async () => {
  const connect = (dimension: number, at: string, model: string) =>
    UMBridge.connect(measure(dimension), at, { model });
  await assert.rejects(connect(3, url, "nobody"), { code: "ERR_DATA", message: /nobody/ });
  await assert.rejects(connect(2, url, "forward"), { code: "ERR_DOMAIN", message: /3 inputs.*2/ });
  await assert.rejects(connect(3, "http://127.0.0.1:9/", "forward"), { code: "ERR_DATA" });
  await assert.rejects(connect(3, "no url", "forward"), { code: "ERR_TYPE" });
  const integrand = await UMBridge.connect(measure(), url, { model: "forward" });
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(integrand.f(new Float64Array(3), 1, { signal }), { message: "enough" });
});
