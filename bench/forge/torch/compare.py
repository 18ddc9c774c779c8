"""Computes every task of a manifest by torch in double precision, from the inputs in a file."""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import numpy as np
import torch

import architecture
import fusion
import swin  # noqa: F401 (adds its tasks to the architectures)
import tables

torch.set_num_threads(1)
torch.set_grad_enabled(False)

KINDS = {"float32": ("<f4", torch.float64), "int32": ("<i4", torch.int64), "bool": ("u1", torch.bool)}


def tensors(entry, blob):
    result = {}
    for t in entry["inputs"]:
        kind, dtype = KINDS[t["dtype"]]
        count = int(np.prod(t["shape"], dtype=np.int64))
        flat = np.frombuffer(blob, dtype=kind, count=count, offset=t["offset"])
        result[t["name"]] = torch.from_numpy(flat.copy()).to(dtype).reshape(t["shape"])
    return result


def compute(entry, t):
    name = entry["id"]
    if name in architecture.TASKS:
        weights = architecture.Weights(entry["weights"], t)
        y = architecture.TASKS[name]({**t, "outputs": entry["outputs"]}, weights)
        weights.done()
    elif name in fusion.TASKS:
        y = fusion.TASKS[name](t)
    else:
        y = tables.TASKS[name](list(t.values()), entry["outputs"])
    return y if isinstance(y, (tuple, list)) else (y,)


def main(folder):
    with open(os.path.join(folder, "manifest.json")) as file:
        manifest = json.load(file)
    with open(os.path.join(folder, "inputs"), "rb") as file:
        blob = file.read()
    known = {**architecture.TASKS, **fusion.TASKS, **tables.TASKS}
    answers, at = [], 0
    with open(os.path.join(folder, "results"), "wb") as results:
        for entry in manifest:
            answer = {"id": entry["id"]}
            answers.append(answer)
            if entry["id"] not in known:
                answer["missing"] = "no description in torch"
                continue
            try:
                outputs = compute(entry, tensors(entry, blob))
                answer["outputs"] = []
                for y in outputs:
                    flat = y.to(torch.float64).contiguous().numpy()
                    results.write(flat.astype("<f8").tobytes())
                    answer["outputs"].append({"shape": list(flat.shape), "offset": at})
                    at += 8 * flat.size
            except Exception as error:
                answer["missing"] = f"{type(error).__name__}: {error}"[:300]
    with open(os.path.join(folder, "answers.json"), "w") as file:
        json.dump({"torch": torch.__version__, "answers": answers}, file)


main(sys.argv[1])
