import { readFileSync } from "node:fs";
import type { Matrix, MatrixF32 } from "@daily-kernel/compute";
import { defaultDevice, init, numpy as np } from "@jax-js/jax";
import { PythonPeer } from "../peers/python-peer.ts";
import type { Contender } from "../peers/side-by-side.ts";
import { ensureVenv } from "../peers/venv.ts";

/** NumPy's contenders by operation and threads; undefined where there is no Python. */
export interface NumpyPeer {
  contender(op: string, threads: number, inputs: { a: Input; b?: Input }): Contender;
  close(): Promise<void>;
}

/** Operations of numpy.py that SciPy does. */
const SCIPY = new Set(["solveTriangular", "squaredDistances", "logSumExp"]);

type Input = [name: string, matrix: Matrix | MatrixF32];

export function startNumpy(): NumpyPeer | { missing: string } {
  const venv = ensureVenv(["numpy", "scipy", "threadpoolctl"]);
  if ("missing" in venv) return venv;
  const script = readFileSync(new URL("./numpy.py", import.meta.url), "utf8");
  const peer = new PythonPeer(venv.python, script);
  return {
    contender(op, threads, { a, b }) {
      const request: Record<string, string | number | readonly number[]> = { op, threads };
      for (const [key, input] of Object.entries({ a, b })) {
        if (input === undefined) continue;
        const [name, { data, rows, cols }] = input;
        peer.give(name, data);
        request[key] = name;
        request[`${key}Shape`] = [rows, cols];
        request.dtype = data instanceof Float32Array ? "float32" : "float64";
      }
      const name = SCIPY.has(op) ? "SciPy" : "NumPy";
      return {
        name: threads === 1 ? name : `${name}, ${threads} threads`,
        run: (keep) => peer.ask({ ...request, keep }),
      };
    },
    close: () => peer.close(),
  };
}

/** The matrix product of jax-js on its wasm device, its result read into an array like ours. */
export async function jaxMatmul(a: MatrixF32, b: MatrixF32): Promise<Contender> {
  await init("wasm");
  defaultDevice("wasm");
  const upload = ({ data, rows, cols }: MatrixF32) =>
    np.array(data as Float32Array<ArrayBuffer>, { shape: [rows, cols] });
  const [x, y] = [upload(a), upload(b)];
  await Promise.all([x.blockUntilReady(), y.blockUntilReady()]);
  return {
    name: "jax-js wasm",
    run: async () => {
      const begin = performance.now();
      const result = (await np.matmul(x.ref, y.ref).data()) as Float32Array;
      return { seconds: (performance.now() - begin) / 1000, result };
    },
  };
}
