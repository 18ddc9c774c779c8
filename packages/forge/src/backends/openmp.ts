import type { Backend } from "../session/backend.ts";
import { probeGxx } from "./cpp.ts";
import { checkFlags } from "./native/flags.ts";
import { type NativeOptions, nativeBackend } from "./native/native-backend.ts";

/** C++ with OpenMP by `g++ -fopenmp`; `target` regions run on the host, which is no device. */
export const openmp = (options?: NativeOptions): Backend =>
  nativeBackend(
    {
      id: "openmp",
      language: "cpp",
      file: "kernel.cpp",
      probe: probeGxx,
      command: ({ flags = [] }) => [
        ..."g++ -std=c++20 -O3 -march=native -fopenmp -foffload=disable".split(" "),
        ...checkFlags(flags),
        ..."-shared -fPIC -o kernel.so kernel.cpp".split(" "),
      ],
    },
    options,
  );
