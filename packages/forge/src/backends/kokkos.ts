import { existsSync, readdirSync } from "node:fs";
import type { Backend } from "../session/backend.ts";
import { probeGxx } from "./cpp.ts";
import { checkFlags } from "./native/flags.ts";
import { type NativeOptions, nativeBackend } from "./native/native-backend.ts";

const include = "/usr/include/trilinos";
const folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib"];

/** The soname of the library as Debian installs it: its version is a part of it. */
function library(): string | undefined {
  const names = folders.flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []));
  return names.find((name) => /^libtrilinos_kokkoscore\.so\.[\d.]+$/.test(name));
}

/** Kokkos is started when the kernel is loaded, so that a kernel need not. */
const start = `
#include <Kokkos_Core.hpp>
namespace { struct ForgeKokkos { ForgeKokkos() { if (!Kokkos::is_initialized()) Kokkos::initialize(); } } forge_kokkos; }
`;

/** C++ with Kokkos (its Serial space, one thread, as Debian builds it). */
export function kokkos(options?: NativeOptions): Backend {
  const soname = library();
  const backend = nativeBackend(
    {
      id: "kokkos",
      language: "cpp",
      file: "kernel.cpp",
      async probe() {
        const found = await probeGxx();
        if (!found.available) return found;
        if (soname === undefined || !existsSync(`${include}/Kokkos_Core.hpp`)) {
          const remedy = "apt-get install libtrilinos-kokkos-dev";
          return { available: false, reason: "Kokkos is not installed", remedy };
        }
        return {
          available: true,
          hardware: `${found.hardware} (Serial space)`,
          version: `${soname}, ${found.version}`,
        };
      },
      command: ({ flags = [] }) => [
        ..."g++ -std=c++17 -O3 -march=native -w".split(" "),
        ...checkFlags(flags),
        `-I${include}`,
        ..."-shared -fPIC -o kernel.so kernel.cpp -ltrilinos_kokkoscore".split(" "),
      ],
      libraries: soname === undefined ? [] : [soname],
    },
    options,
  );
  return {
    ...backend,
    compile: (candidate, rest) =>
      backend.compile({ ...candidate, source: candidate.source + start }, rest),
  };
}
