import assert from "node:assert/strict";
import { test } from "node:test";
import { minimise } from "./minimise.ts";

/** Rosenbrock's valley in pairs of coordinates; the minimum is 0 at ones. */
function valley(x: Float64Array) {
  const gradient = new Float64Array(x.length);
  let value = 0;
  for (let i = 0; i < x.length; i += 2) {
    const [a, b] = [x[i]!, x[i + 1]!];
    const [u, v] = [1 - a, b - a * a];
    value += u * u + 100 * v * v;
    gradient[i] = -2 * u - 400 * a * v;
    gradient[i + 1] = 200 * v;
  }
  return { value, gradient };
}

test("finds the minimum of Rosenbrock's valley", async () => {
  const start = [-1.2, 1, -1.2, 1, 3, -2];
  const found = await minimise(valley, start, { tolerance: 1e-10, maxIterations: 200 });
  assert.ok(found.converged);
  assert.ok(found.iterations < 100, `${found.iterations} iterations`);
  for (const v of found.x) assert.ok(Math.abs(v - 1) < 1e-8);
});

test("a badly scaled quadratic, an asynchronous function, progress that never rises", async () => {
  const values: number[] = [];
  const bowl = async (x: Float64Array) => ({
    value: x.reduce((sum, v, i) => sum + 0.5 * 10 ** i * (v - i) ** 2, 0),
    gradient: x.map((v, i) => 10 ** i * (v - i)),
  });
  const onProgress = (_done: number, _total: number, value: number) => void values.push(value);
  const found = await minimise(bowl, new Float64Array(5), { tolerance: 1e-9, onProgress });
  assert.ok(found.converged);
  for (const [i, v] of found.x.entries()) assert.ok(Math.abs(v - i) < 1e-7);
  assert.deepEqual(
    values,
    values.toSorted((a, b) => b - a),
  );
  assert.equal(values.length, found.iterations);
});

test("a wall of infinity is stepped back from", async () => {
  const wall = ([x]: Float64Array) => ({
    value: x! > 0 ? x! - Math.log(x!) : Number.POSITIVE_INFINITY,
    gradient: Float64Array.of(1 - 1 / x!),
  });
  const { x, converged } = await minimise(wall, [20], { tolerance: 1e-9 });
  assert.ok(converged);
  assert.ok(Math.abs(x[0]! - 1) < 1e-8);
});

test("stops: at maxIterations, when nothing descends, on abort", async () => {
  const short = await minimise(valley, [-1.2, 1], { maxIterations: 3 });
  assert.equal(short.iterations, 3);
  assert.equal(short.converged, false);
  const wrong = (x: Float64Array) => ({ value: x[0]!, gradient: Float64Array.of(-1) });
  assert.equal((await minimise(wrong, [1])).converged, false);
  const stop = new AbortController();
  const onProgress = () => stop.abort(new Error("enough"));
  const { signal } = stop;
  await assert.rejects(minimise(valley, [-1.2, 1], { signal, onProgress }), /enough/);
});

test("bad input is refused by name", async () => {
  await assert.rejects(minimise(1 as never, [1]), { code: "ERR_TYPE" });
  await assert.rejects(minimise(valley, "x" as never), { code: "ERR_TYPE" });
  await assert.rejects(minimise(valley, [1, 1], { maxIterations: -1 }), /maxIterations.*got -1/);
  await assert.rejects(minimise(valley, [1, 1], { tolerance: Number.NaN }), /tolerance.*NaN/);
  const nowhere = () => ({ value: Number.NaN, gradient: Float64Array.of(0) });
  await assert.rejects(minimise(nowhere, [1]), /finite at x0, got NaN/);
});

test("what the objective returns is checked", async () => {
  const returning = (result: unknown) => minimise((() => result) as never, [1]);
  const wrong: [result: unknown, code: string, message: RegExp][] = [
    [null, "ERR_TYPE", /what the objective returns must be an object, got null/],
    [undefined, "ERR_TYPE", /objective returns/],
    [{ value: 1 }, "ERR_TYPE", /gradient/],
    [{ gradient: [1] }, "ERR_TYPE", /value/],
    [{ value: "1", gradient: [1] }, "ERR_TYPE", /value/],
    [{ value: 1, gradient: ["1"] }, "ERR_TYPE", /gradient\[0\]/],
    [{ value: 1, gradient: 1 }, "ERR_TYPE", /gradient/],
    [{ value: 1, gradient: [1, 2] }, "ERR_SHAPE", /must hold 1 numbers, got 2/],
    [{ value: 1, gradient: [] }, "ERR_SHAPE", /got 0/],
    [{ value: 1, gradient: [Number.NaN] }, "ERR_DOMAIN", /gradient must be finite at x0/],
  ];
  for (const [result, code, message] of wrong) {
    await assert.rejects(returning(result), { code, message });
  }
  // Later, a gradient that is not finite is a step too far.
  const edge = ([x]: Float64Array) => ({
    value: x! * x!,
    gradient: Float64Array.of(x! < -0.5 ? Number.NaN : 2 * x!),
  });
  const { x, gradient, converged } = await minimise(edge, [3]);
  assert.ok(converged && Math.abs(x[0]!) < 1e-6 && Number.isFinite(gradient[0]));
});

test("options of a wrong kind are named", async () => {
  await assert.rejects(minimise(valley, [1, 1], { tolerance: "a" as never }), {
    code: "ERR_TYPE",
    message: /tolerance must be a number, got "a"/,
  });
  await assert.rejects(minimise(valley, [1, 1], { maxIterations: "3" as never }), {
    code: "ERR_TYPE",
  });
});
