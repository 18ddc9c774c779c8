import type { Backend } from "../session/backend.ts";
import { graphicsDevices } from "./cuda.ts";
import type { NativeOptions } from "./native/native-backend.ts";
import { pythonBackend } from "./python-backend.ts";

const ask = `
import torch, triton
if not torch.cuda.is_available():
    raise SystemExit("torch finds no CUDA device")
print(f"{triton.__version__}|{torch.cuda.get_device_name()}")
`;

/**
 * Python with Triton on a GPU: `forge_kernel` gets NumPy arrays and moves them to the device and back
 * itself. Where Triton, PyTorch or the device is missing, the probe says which.
 */
export const triton = (options?: NativeOptions): Backend =>
  pythonBackend(
    {
      id: "triton",
      ask,
      remedy: "an NVIDIA GPU and its driver; python3 -m pip install torch triton",
      read(line) {
        const [version, device = "GPU"] = line.split("|");
        return { hardware: device, version: `Triton ${version}` };
      },
      binds: graphicsDevices(),
    },
    options,
  );
