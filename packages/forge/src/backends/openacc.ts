import type { Backend } from "../session/backend.ts";
import { probeGxx } from "./cpp.ts";
import { checkFlags } from "./native/flags.ts";
import { type NativeOptions, nativeBackend } from "./native/native-backend.ts";

/** C++ with OpenACC by `g++ -fopenacc`: always on the host, one thread, which the probe says. */
export const openacc = (options?: NativeOptions): Backend =>
  nativeBackend(
    {
      id: "openacc",
      language: "cpp",
      file: "kernel.cpp",
      async probe() {
        const found = await probeGxx();
        return found.available
          ? { ...found, hardware: `${found.hardware} (host fallback)` }
          : found;
      },
      command: ({ flags = [] }) => [
        ..."g++ -std=c++20 -O3 -march=native -fopenacc -foffload=disable".split(" "),
        ...checkFlags(flags),
        ..."-shared -fPIC -o kernel.so kernel.cpp".split(" "),
      ],
    },
    options,
  );
