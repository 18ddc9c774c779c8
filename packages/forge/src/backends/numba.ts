import type { Backend } from "../session/backend.ts";
import type { NativeOptions } from "./native/native-backend.ts";
import { pythonBackend } from "./python-backend.ts";

/** Python with Numba on the processor, compiled in the first call of a session. */
export const numba = (options?: NativeOptions): Backend =>
  pythonBackend(
    {
      id: "numba",
      ask: "import numba, platform\nprint(numba.__version__, platform.python_version())",
      remedy: "apt-get install g++ python3-numba",
      read(line, processor) {
        const [numba, python] = line.split(" ");
        return { hardware: processor, version: `Numba ${numba}, Python ${python}` };
      },
    },
    options,
  );
