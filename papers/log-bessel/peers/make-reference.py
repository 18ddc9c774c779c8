"""Writes reference.json: what the room compares with and cannot compute itself.

- points: 100 a region of the switching table, [v, x, log I, log K], from 60-digit arithmetic
  (packages/special/reference-data/reference.py).
- roots: [p, Rbar, kappa], the 30-digit root of I_{p/2}(kappa) / I_{p/2-1}(kappa) = Rbar.
- scipy: what SciPy's ive and kve give on points of large order, and at the roots.

    python3 -m venv .cache/log-bessel && .cache/log-bessel/bin/pip install scipy mpmath
    .cache/log-bessel/bin/python papers/log-bessel/peers/make-reference.py
"""

import json
import random
import sys
from pathlib import Path

import mpmath
import numpy as np
import scipy
from mpmath import log, mp, mpf
from scipy.special import ive, kve

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2] / "packages/special/reference-data"))
from reference import log_i, log_k  # noqa: E402

random.seed(2409)
REGIONS = ("mu_3", "mu_20", "U_4", "U_6", "U_9", "U_13", "fallback")
BOXES = {
    "fallback": ((0, 12.6), (-300, 1.29)),
    "U_13": ((0.7, 20), (-2, 1.55)),
    "U_9": ((0.6, 57), (-2, 1.93)),
    "U_6": ((0.46, 163), (-2, 2.44)),
}


def region(v, x):
    lx, lv = np.log(x), np.log(v) if v > 0 else -np.inf
    if (x > 1400 and v < 3.05) or (lv < 0.6229 * lx - 3.2318 and v > 3.1):
        return "mu_3"
    if (x > 30 and v < 15.3919) or (lv < 0.5113 * lx + 0.7939 and x > 59.6925):
        return "mu_20"
    for name, x0, v0, v1 in (("U_4", 274.2377, 0.3, 163.6993), ("U_6", 84.4153, 0.46, 56.9971), ("U_9", 35.9074, 0.6, 20.1534), ("U_13", 19.6931, 0.7, 12.6964)):
        if (x > x0 and v > v0) or v > v1:
            return name
    return "fallback"


def draw(name):
    if name in BOXES:
        (v0, v1), (x0, x1) = BOXES[name]
        v, x = random.uniform(v0, v1), 10 ** random.uniform(x0, x1)
        # half of the fallback region's arguments of everyday size
        if name == "fallback" and random.random() < 0.5:
            x = random.uniform(0, 19.6)
        return (0.0 if random.random() < 0.05 else v), x
    v = random.choice((random.uniform(0, 50), 10 ** random.uniform(-1, 6)))
    return v, 10 ** random.uniform(-3 if name == "U_4" else 1.4, 12)


points = []
for name in REGIONS:
    count = 0
    while count < 100:
        v, x = draw(name)
        v, x = float(f"{v:.12g}"), float(f"{x:.12g}")
        if x > 0 and region(v, x) == name:
            points.append([v, x, float(log_i(v, x)), float(log_k(v, x))])
            count += 1


def ratio(p, kappa):
    """Backwards from far enough on through r_v = 1 / (2 (v+1)/kappa + r_{v+1})."""
    v, depth = mpf(p) / 2 - 1, int(1.5 * kappa) + 200
    r, step, top = mpf(0), 2 / kappa, 2 * (mpf(p) / 2 + depth) / kappa
    for j in range(depth + 1):
        r = 1 / (top - j * step + r)
    return r


def root(p, rbar):
    rbar = mpf(rbar)
    kappa = rbar * (p - rbar**2) / (1 - rbar**2)
    for _ in range(20):
        a = ratio(p, kappa)
        step = (a - rbar) / (1 - a * a - (p - 1) * a / kappa)
        kappa -= step
        if abs(step) < mpf(10) ** -18 * kappa:
            return kappa
    raise ValueError((p, rbar))


mp.dps = 35
DIMENSIONS, LENGTHS = (2048, 8192, 32768), (0.2, 0.3, 0.9)
roots = [[p, r, root(p, r)] for p in DIMENSIONS for r in LENGTHS]

v = np.array([float(f"{random.uniform(300, 1e4):.6g}") for _ in range(1500)])
x = np.array([float(f"{random.uniform(150, 2e4):.6g}") for _ in range(1500)])
with np.errstate(all="ignore"):
    finite = lambda f, v, x: [int(b) for b in np.isfinite(np.log(f(v, x)))]
    scipy_results = {
        "version": scipy.__version__,
        "command": "python papers/log-bessel/peers/make-reference.py",
        "v": v.tolist(),
        "x": x.tolist(),
        "iveFinite": "".join(map(str, finite(ive, v, x))),
        "kveFinite": "".join(map(str, finite(kve, v, x))),
        # [p, kappa, is log(ive) finite] on a ladder around every root
        "likelihood": [
            [p, float(f"{float(k) * f:.8g}"), bool(np.isfinite(np.log(ive(p / 2 - 1, float(f"{float(k) * f:.8g}")))))]
            for p, _, k in roots
            for f in (0.5, 0.7, 0.9, 1.0, 1.1, 1.4, 2.0)
        ],
    }

data = {
    "mpmath": mpmath.__version__,
    "points": points,
    "roots": [[p, r, float(k), mp.nstr(k, 30)] for p, r, k in roots],
    "scipy": scipy_results,
}
lines = ",\n".join(f"{json.dumps(k)}: {json.dumps(value, separators=(',', ':')).replace('],[', '],' + chr(10) + '[')}" for k, value in data.items())
(HERE / "reference.json").write_text("{\n" + lines + "\n}\n")
print(len(points), roots, scipy_results["likelihood"], scipy_results["iveFinite"].count("0"), scipy_results["kveFinite"].count("0"))
