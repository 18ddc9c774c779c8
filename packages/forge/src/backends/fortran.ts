import type { Backend } from "../session/backend.ts";
import { processorName } from "./cpp.ts";
import { checkFlags } from "./native/flags.ts";
import { type NativeOptions, nativeBackend } from "./native/native-backend.ts";
import { runProcess } from "./native/run-process.ts";

/** Fortran by `gfortran -O3 -march=native`, with OpenMP where the flags ask for `-fopenmp`. */
export const fortran = (options?: NativeOptions): Backend =>
  nativeBackend(
    {
      id: "fortran",
      language: "fortran",
      file: "kernel.f90",
      async probe() {
        const { code, output } = await runProcess("gfortran", ["--version"]);
        if (code !== 0) {
          const reason = "gfortran is not installed";
          return { available: false, reason, remedy: "apt-get install gfortran" };
        }
        return {
          available: true,
          hardware: await processorName(),
          version: output.split("\n")[0] ?? "",
        };
      },
      command: ({ flags = [] }) => [
        ..."gfortran -O3 -march=native -ffree-line-length-none".split(" "),
        ...checkFlags(flags),
        ..."-shared -fPIC -o kernel.so kernel.f90".split(" "),
      ],
      libraries: ["libquadmath.so.0", "libgfortran.so.5"],
    },
    options,
  );
