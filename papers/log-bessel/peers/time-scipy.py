"""Writes scipy-timing.json: nanoseconds of SciPy's log(ive) and log(kve) for each value, beside the
yardstick of this machine (yardstick.ts), the least of many interleaved repetitions.

    .cache/log-bessel/bin/python papers/log-bessel/peers/time-scipy.py
"""

import json
import subprocess
import time
from pathlib import Path

import numpy as np
import scipy
from scipy.special import ive, kve

HERE = Path(__file__).resolve().parent
SHOW = "import('./yardstick.ts').then(m => console.log(JSON.stringify([m.yardstick(), m.ranges])))"


def yardstick():
    out = subprocess.run(["node", "-e", SHOW], cwd=HERE, capture_output=True, text=True, check=True)
    return json.loads(out.stdout)


rng = np.random.default_rng(1)
_, ranges = yardstick()
points = {r["name"]: (rng.uniform(*r["v"], 20000), rng.uniform(*r["x"], 20000)) for r in ranges}
best = {(name, f): float("inf") for name in points for f in ("logI", "logK")}
stick = float("inf")
with np.errstate(all="ignore"):
    for _ in range(8):
        stick = min(stick, yardstick()[0])
        for name, (v, x) in points.items():
            for f, bessel in (("logI", ive), ("logK", kve)):
                start = time.perf_counter()
                np.log(bessel(v, x))
                best[name, f] = min(best[name, f], (time.perf_counter() - start) * 1e9 / len(v))

data = {
    "scipy": scipy.__version__,
    "command": "python papers/log-bessel/peers/time-scipy.py",
    "yardstick": round(stick, 2),
    "nanoseconds": {name: {f: round(best[name, f], 1) for f in ("logI", "logK")} for name in points},
}
(HERE / "scipy-timing.json").write_text(json.dumps(data, indent=2) + "\n")
print(data)
