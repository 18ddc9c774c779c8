import assert from "node:assert/strict";
import { test } from "node:test";
import { cholesky, matrix, Rng, ThreadPool } from "@daily-kernel/compute";
import fc from "fast-check";
import {
  GaussianKernel,
  Matern12Kernel,
  Matern32Kernel,
  Matern52Kernel,
  type RadialKernel,
  RationalQuadraticKernel,
  SquaredExponentialKernel,
} from "./index.ts";

const options = { dimension: 2, scale: 1.7, lengthscales: [0.3, 0.8], alpha: 0.6 };
const kernels: Record<string, RadialKernel> = {
  GaussianKernel: new GaussianKernel(options),
  SquaredExponentialKernel: new SquaredExponentialKernel(options),
  RationalQuadraticKernel: new RationalQuadraticKernel(options),
  Matern12Kernel: new Matern12Kernel(options),
  Matern32Kernel: new Matern32Kernel(options),
  Matern52Kernel: new Matern52Kernel(options),
};
const named = (name: string) => kernels[name]!;
const x = matrix(3, 2, [0.1, 0.2, 0.7, 0.4, 0.1, 0.9]);
const z = matrix(2, 2, [0.5, 0.5, 0.1, 0.2]);

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    const bound = tolerance * (1 + Math.abs(expected[i]!));
    assert.ok(error <= bound, `element ${i}: ${actual[i]} is not ${expected[i]}`);
  }
}

// QMCPy 2.4: KernelX(d=2, scale=1.7, lengthscales=[.3, .8], alpha=.6)(x[:, None, :], z[None])
const gaussianGram = [
  0.6514379440563518, 1.7, 1.3506602255169613, 0.22299147232733035, 0.616769049077987,
  1.159299277023592,
];
const grams: Record<string, number[]> = {
  GaussianKernel: gaussianGram,
  SquaredExponentialKernel: gaussianGram,
  RationalQuadraticKernel: [
    0.9585137424105385, 1.7, 1.3992068268794287, 0.700232725448475, 0.9388916844616254,
    1.264320759039359,
  ],
  Matern12Kernel: [
    0.6384192870661637, 1.7, 1.052332258659726, 0.4087747409388175, 0.6210819465496228,
    0.9156782948637594,
  ],
  Matern32Kernel: [
    0.8404457283468378, 1.7, 1.3561031769254575, 0.4994805200034848, 0.8154796196746691,
    1.2060164406110954,
  ],
  Matern52Kernel: [
    0.9111001609949629, 1.7, 1.428522654464233, 0.5316544224263167, 0.8840211071365971,
    1.2877427769108392,
  ],
};

for (const [name, kernel] of Object.entries(kernels)) {
  test(`${name} has QMCPy's values`, () => {
    // z in QMCPy's order is (0.5, 0.5), (0.1, 0.2) for each x.
    const expected = grams[name]!;
    close(kernel.gram(x, z).data, expected, 1e-15);
    close(
      kernel.pairs(x, matrix(3, 2, [0.5, 0.5, 0.1, 0.2, 0.5, 0.5])),
      [0, 3, 4].map((i) => expected[i]!),
      1e-15,
    );
  });
}

// The same by Gauss-Legendre quadrature graded towards the kink (60 nodes a panel, ratio 1/4),
// NumPy, at x = (0.1, 0.2); the Gaussian ones are QMCPy's single_integral_01d, double_integral_01d.
const integrals: Record<string, [single: number, double: number]> = {
  GaussianKernel: [0.7098030743943214, 0.8631706825628046],
  SquaredExponentialKernel: [0.7098030743943214, 0.8631706825628046],
  RationalQuadraticKernel: [0.9916366323214931, 1.0938906414681977],
  Matern12Kernel: [0.6918229458854483, 0.7847781174939248],
  Matern32Kernel: [0.8567925671123189, 0.9856989175548109],
  Matern52Kernel: [0.9008802774547847, 1.0396239818092952],
};

for (const [name, [single, double]] of Object.entries(integrals)) {
  test(`${name} has the integrals over the unit square`, () => {
    close(named(name).integral(x).subarray(0, 1), [single], 1e-13);
    close([named(name).doubleIntegral()], [double], 1e-13);
  });
}

test("the integrals of Matern 1/2 on an interval are its closed forms", () => {
  for (const gamma of [1e-3, 0.05, 0.4, 3, 100]) {
    const kernel = new Matern12Kernel({ dimension: 1, lengthscales: gamma });
    const c = Math.SQRT2 * gamma;
    const points = [0, 0.3, 0.9, 1];
    const expected = points.map((p) => -c * (Math.expm1(-p / c) + Math.expm1((p - 1) / c)));
    close(kernel.integral(matrix(4, 1, points)), expected, 3e-15);
    if (c < 5) close([kernel.doubleIntegral()], [2 * c + 2 * c * c * Math.expm1(-1 / c)], 3e-15);
  }
});

test("a rational quadratic of any alpha integrates", () => {
  const at = matrix(1, 1, [0.3]);
  // alpha = 1: an arctangent; alpha to 0: a constant; alpha to infinity: the Gaussian.
  const one = new RationalQuadraticKernel({ dimension: 1, lengthscales: 0.5 / Math.SQRT2 });
  close(one.integral(at), [0.5 * (Math.atan(0.3 / 0.5) + Math.atan(0.7 / 0.5))], 1e-15);
  const flat = new RationalQuadraticKernel({ dimension: 1, alpha: 1e-17 });
  close([...flat.integral(at), flat.doubleIntegral()], [1, 1], 1e-14);
  const steep = new RationalQuadraticKernel({ dimension: 1, alpha: 1e15, lengthscales: 0.2 });
  const gaussian = new GaussianKernel({ dimension: 1, lengthscales: 0.2 });
  close(steep.integral(at), gaussian.integral(at), 1e-14);
  close([steep.doubleIntegral()], [gaussian.doubleIntegral()], 1e-14);
});

test("integrals outside the cube and of long lengths keep their digits", () => {
  const kernel = new GaussianKernel({ dimension: 1, lengthscales: 0.1 });
  // mpmath: quad(lambda z: exp(-50 * (2 - z)**2), [0, 1])
  const far = kernel.integral(matrix(2, 1, [2, -1]));
  close(
    far.map((v) => v / 1.91001390388933e-24),
    [1, 1],
    1e-12,
  );
  const long = new GaussianKernel({ dimension: 3, lengthscales: 1e5 });
  close([1 - long.doubleIntegral()], [0.5 * 1e-10 * (3 / 6)], 1e-15);
});

test("gradients are the differences of the Gram matrix", () => {
  for (const kernel of [...Object.values(kernels), new Matern32Kernel({ dimension: 2 })]) {
    const { parameters } = kernel;
    const gradients = kernel.gramGradients(x, z);
    assert.equal(gradients.length, kernel.parameterNames.length);
    const weights = matrix(3, 2, [1, -2, 0.5, 3, -1, 0.7]);
    const contracted = kernel.contractGradients(x, z, weights);
    for (let p = 0; p < parameters.length; p++) {
      const moved = (h: number) =>
        kernel.withParameters(parameters.map((v, i) => (i === p ? v * Math.exp(h) : v))).gram(x, z);
      const [up, down] = [moved(1e-5).data, moved(-1e-5).data];
      const expected = up.map((v, i) => (v - down[i]!) / 2e-5);
      close(gradients[p]!.data, expected, 2e-9);
      const dot = gradients[p]!.data.reduce((s, v, i) => s + v * weights.data[i]!, 0);
      close([contracted[p]!], [dot], 1e-14);
    }
  }
});

// mpmath 1.3, diff of the kernel above at x = (0.7, 0.4), z = (0.5, 0.5)
const derivatives: [name: string, x: number[], z: number[], value: number][] = [
  ["GaussianKernel", [1, 0], [0, 1], 0.4689792449711671],
  ["GaussianKernel", [1, 1], [1, 1], 12.82365122968035],
  ["GaussianKernel", [3, 2], [1, 2], -628.1365031945264],
  ["RationalQuadraticKernel", [1, 0], [0, 0], -2.2476277829813873],
  ["RationalQuadraticKernel", [2, 0], [2, 0], -642.5385672859014],
  ["RationalQuadraticKernel", [3, 2], [1, 2], 87263.2548011261],
  ["Matern32Kernel", [0, 0], [0, 1], -0.17361245809928874],
  ["Matern32Kernel", [1, 0], [0, 1], 0.6966302140020666],
  ["Matern32Kernel", [1, 0], [1, 0], 2.4381450879200295],
  ["Matern52Kernel", [2, 0], [0, 0], -5.177770063929435],
  ["Matern52Kernel", [1, 1], [1, 1], 0.009690071669433583],
  ["Matern52Kernel", [2, 0], [2, 0], -170.85414096542223],
];

for (const [name, inX, inZ, value] of derivatives) {
  test(`${name} has the derivative ${inX} in x, ${inZ} in z`, () => {
    const [a, b] = [matrix(1, 2, [0.7, 0.4]), matrix(1, 2, [0.5, 0.5])];
    const one = named(name).gramDerivative(a, b, [{ x: inX, z: inZ }]);
    close(one.data, [value], 3e-14);
    const sum = named(name).gramDerivative(a, b, [{ x: inX, z: inZ, coefficient: 3 }, {}]);
    close(sum.data, [3 * value + named(name).gram(a, b).data[0]!], 3e-14);
  });
}

test("derivatives at coincident points are the limits", () => {
  // d2/dx dz at x = z is S / gamma^2 for the Gaussian, and nu / (2 nu - 2) of that for Matern.
  const at = matrix(1, 2, [0.2, 0.3]);
  const mixed = [{ x: [1, 0], z: [1, 0] }];
  const base = 1.7 / 0.3 ** 2;
  close(named("GaussianKernel").gramDerivative(at, at, mixed).data, [base], 1e-15);
  close(named("Matern32Kernel").gramDerivative(at, at, mixed).data, [1.5 * base], 1e-15);
  close(named("Matern52Kernel").gramDerivative(at, at, mixed).data, [(5 / 6) * base], 1e-15);
  for (const gap of [1e-300, 1e-160, 1e-80, 1e-9]) {
    const near = matrix(1, 2, [0.2 * gap, 0.3 * gap]);
    const zero = matrix(1, 2);
    close(named("Matern32Kernel").gramDerivative(near, zero, mixed).data, [1.5 * base], 1e-7);
    const fourth = [{ x: [2, 0], z: [0, 2] }];
    const limit = (25 / 12) * (1.7 / (0.3 ** 2 * 0.8 ** 2));
    close(named("Matern52Kernel").gramDerivative(near, zero, fourth).data, [limit], 1e-7);
    close(named("Matern12Kernel").gramDerivative(near, zero, [{}]).data, [1.7], 1e-7);
  }
});

test("derivatives of far points are small, not NaN", () => {
  for (const gap of [1e20, 1e60, 1e100]) {
    const [a, b] = [matrix(1, 2, [gap, 0.3]), matrix(1, 2)];
    for (const kernel of Object.values(kernels)) {
      const orders = Math.min(4, kernel.smoothness);
      const [value] = kernel.gramDerivative(a, b, [{ x: [orders, 0] }]).data;
      assert.ok(Math.abs(value!) < 1e-7, `${kernel.constructor.name}: ${value}`);
    }
  }
});

test("the gradients of derivatives are their differences", () => {
  const points = matrix(3, 2, [0.1, 0.2, 0.7, 0.4, 0.5, 0.5]); // one of them also in z
  for (const name of [
    "GaussianKernel",
    "RationalQuadraticKernel",
    "Matern32Kernel",
    "Matern52Kernel",
  ]) {
    const terms = [
      { x: [1, 0], z: [0, 1] },
      { x: [1, 0], z: [1, 0], coefficient: 0.5 },
    ];
    for (const kernel of [named(name), named(name).withParameters(named(name).parameters)]) {
      const gradients = kernel.derivativeGradients(points, z, terms);
      assert.equal(gradients.length, kernel.parameterNames.length);
      gradients.forEach((gradient, p) => {
        const moved = (h: number) =>
          kernel
            .withParameters(kernel.parameters.map((v, i) => (i === p ? v * Math.exp(h) : v)))
            .gramDerivative(points, z, terms).data;
        const [up, down] = [moved(1e-5), moved(-1e-5)];
        close(
          gradient.data,
          up.map((v, i) => (v - down[i]!) / 2e-5),
          1e-8,
        );
      });
    }
  }
});

test("Gram matrices are exactly symmetric, positive definite, and the same on a pool", async () => {
  await using pool = await ThreadPool.create({ threads: 2 });
  for (const dimension of [1, 3, 9]) {
    const points = matrix(70, dimension, new Rng(3).fillUniform(new Float64Array(70 * dimension)));
    for (const Type of [GaussianKernel, RationalQuadraticKernel, Matern12Kernel, Matern52Kernel]) {
      const kernel = new Type({ dimension, scale: 2, lengthscales: 0.05 });
      const gram = kernel.gram(points, points);
      for (let i = 0; i < 70; i++) {
        assert.equal(gram.data[i * 71], 2);
        for (let j = 0; j < i; j++) assert.equal(gram.data[i * 70 + j], gram.data[j * 70 + i]);
      }
      if (Type === Matern12Kernel || dimension > 1) cholesky(gram);
      close((await kernel.gram(points, points, { pool })).data, gram.data, 1e-14);
    }
  }
});

test("in any dimension the Gram matrix is the kernel of each pair", () => {
  const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }).chain((d) =>
        fc.array(fc.array(coordinate, { minLength: d, maxLength: d }), {
          minLength: 2,
          maxLength: 6,
        }),
      ),
      fc.double({ min: 0.05, max: 20, noNaN: true }),
      (rows, gamma) => {
        const d = rows[0]!.length;
        const points = matrix(rows.length, d, rows.flat());
        const kernel = new Matern52Kernel({ dimension: d, lengthscales: gamma });
        const gram = kernel.gram(points, points);
        rows.forEach((a, i) => {
          rows.forEach((b, j) => {
            const q = a.reduce((s, v, k) => s + (v - b[k]!) ** 2, 0) / (2 * gamma * gamma);
            const r = Math.sqrt(5 * q);
            close([gram.data[i * rows.length + j]!], [(1 + r + (r * r) / 3) * Math.exp(-r)], 1e-13);
          });
        });
      },
    ),
    { numRuns: 60 },
  );
});

test("far from the origin the differences keep their digits", () => {
  for (const d of [1, 6]) {
    const shifted = matrix(2, d, [...Array(d).fill(1e8), ...Array(d).fill(1e8 + 0.25)]);
    const kernel = new GaussianKernel({ dimension: d, lengthscales: 0.3 });
    close([kernel.gram(shifted, shifted).data[1]!], [Math.exp((-d * 0.0625) / 0.18)], 1e-14);
  }
});

test("bad input is refused by name", async () => {
  const refused = (run: () => unknown, code: string, message: RegExp) =>
    assert.throws(run, (error: Error & { code: string }) => {
      assert.equal(error.code, code);
      assert.match(error.message, message);
      return true;
    });
  const make = (o: object) => new Matern32Kernel(o as never);
  refused(() => make(undefined as never), "ERR_TYPE", /Matern32Kernel: options/);
  refused(() => make({ dimension: 0 }), "ERR_DOMAIN", /dimension.*got 0/);
  refused(() => make({ dimension: 2, scale: -1 }), "ERR_DOMAIN", /scale.*-1/);
  refused(() => make({ dimension: 2, scale: Number.NaN }), "ERR_DOMAIN", /scale.*NaN/);
  refused(() => make({ dimension: 2, lengthscales: [1, 2, 3] }), "ERR_SHAPE", /2, got 3/);
  refused(() => make({ dimension: 2, lengthscales: [1, 0] }), "ERR_DOMAIN", /lengthscales\[1\]/);
  refused(() => make({ dimension: 2, lengthscales: 1e-170 }), "ERR_DOMAIN", /lengthscales/);
  refused(() => make({ dimension: 2, lengthscales: "1" }), "ERR_TYPE", /lengthscales/);
  refused(() => new RationalQuadraticKernel({ dimension: 1, alpha: 0 }), "ERR_DOMAIN", /alpha/);
  const kernel = make({ dimension: 2 });
  refused(() => kernel.gram(matrix(1, 3), x), "ERR_SHAPE", /x must have 2 columns/);
  refused(() => kernel.gram(x, matrix(1, 2, [0, Number.NaN])), "ERR_DOMAIN", /z.*NaN.*column 1/);
  refused(() => kernel.gram(x, { data: [1, 2], rows: 1, cols: 2 } as never), "ERR_TYPE", /z.data/);
  await assert.rejects(kernel.gram(x, z, { pool: {} } as never), /options.pool must be/);
  refused(() => kernel.gram(matrix(1, 2, [1e300, 0]), z), "ERR_NUMERIC", /overflow/);
  const far = matrix(1, 2, [1e300, 0]);
  refused(() => kernel.pairs(far, matrix(1, 2)), "ERR_NUMERIC", /pairs.*overflow/);
  refused(() => kernel.gramGradients(far, z), "ERR_NUMERIC", /overflow/);
  refused(() => kernel.gramDerivative(far, z, [{}]), "ERR_NUMERIC", /overflow/);
  refused(() => kernel.pairs(x, z), "ERR_SHAPE", /3 and 2/);
  refused(() => kernel.withParameters([1]), "ERR_SHAPE", /scale, lengthscale.*got 1/);
  refused(() => kernel.withParameters([1, -2]), "ERR_DOMAIN", /lengthscales\[0\]/);
  refused(
    () => kernel.gramDerivative(x, z, [{ x: [2, 0], z: [1, 0] }]),
    "ERR_DOMAIN",
    /order 3.*2/,
  );
  refused(() => kernel.gramDerivative(x, z, [{ x: [1] }]), "ERR_SHAPE", /terms\[0\].x/);
  refused(() => kernel.gramDerivative(x, z, [{ x: [0.5, 0] }]), "ERR_DOMAIN", /terms\[0\].x\[0\]/);
  refused(() => kernel.contractGradients(x, z, matrix(2, 2)), "ERR_SHAPE", /3x2, got 2x2/);
  refused(() => kernel.integral(matrix(1, 1)), "ERR_SHAPE", /integral/);
  refused(
    () =>
      new Matern12Kernel({ dimension: 1 }).gramDerivative(matrix(1, 1), matrix(1, 1), [{ x: [1] }]),
    "ERR_DOMAIN",
    /order 1.*order 0/,
  );
});
