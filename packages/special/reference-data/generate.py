"""Writes bessel.json: reference values that the tests check, every point and every function.

Run: python3 -m venv .cache/reference && .cache/reference/bin/pip install mpmath
     .cache/reference/bin/python packages/special/reference-data/generate.py

Row: v, x, then log I, log K, I_{v+1}/I_v, K_{v+1}/K_v, d/dv log I, d/dv log K, d2/dx2 log I,
d2/dx2 log K, each as a decimal string of 20 digits. The points have a fixed seed: log-uniform over
the whole range, the box of small arguments, the borders of our regions and of the paper's table,
the zero of v eta near x = 0.6627 v, tiny and half-integer orders, extremes up to 1e300.
"""

import json
import math
import random
from pathlib import Path

from mpmath import mp, nstr

from reference import log_i, log_k, ratio_i, ratio_k, second_x, slope_v

rnd = random.Random(20240913)
points = []


def log_uniform(a, b):
    return 10 ** rnd.uniform(math.log10(a), math.log10(b))


for _ in range(500):
    points.append((log_uniform(1e-10, 1e6), log_uniform(1e-300, 1e12)))
for _ in range(350):
    points.append((log_uniform(1e-3, 1e6), log_uniform(1e-3, 1e7)))
for _ in range(300):
    points.append((rnd.uniform(0, 17), rnd.uniform(0, 27)))
for v in (0.0, 0.5, 1.0, 1e-10, 2.0, 7.0, 15.5, 1e6):
    for _ in range(15):
        points.append((v, log_uniform(1e-300, 1e12)))
        points.append((v, rnd.uniform(0, 30)))
for size in (24.57, 44.88, 109.9, 280.03, 1702, 8709, 152126):  # our tiers
    for _ in range(12):
        a, s = rnd.uniform(0, math.pi / 2), size * (1 + rnd.uniform(-1e-3, 1e-3))
        points.append((s * math.sin(a) / math.sqrt(2.5), s * math.cos(a)))
for _ in range(30):  # Temme's series against the trapezoid rule, and nearest fractions of the order
    points.append((rnd.uniform(0, 16), 2 * (1 + rnd.choice([-1, 1]) * log_uniform(1e-16, 1e-3))))
    points.append((rnd.randint(0, 15) + 0.5 + rnd.choice([-1, 1]) * log_uniform(1e-15, 1e-2), rnd.uniform(0, 24)))
for _ in range(80):  # v eta = 0
    v = log_uniform(16, 1e6)
    points.append((v, v * 0.6627434193491816 * (1 + rnd.choice([-1, 1]) * log_uniform(1e-16, 1e-1))))
for _ in range(60):  # the paper's borders
    x = rnd.choice([1400, 30, 59.6925, 274.2377, 84.4153, 35.9074, 19.6931]) * (1 + rnd.uniform(-1e-6, 1e-6))
    points.append((log_uniform(0.1, 300), x))
    v = rnd.choice([3.05, 3.1, 15.3919, 163.6993, 56.9971, 20.1534, 12.6964]) * (1 + rnd.uniform(-1e-6, 1e-6))
    points.append((v, log_uniform(1, 2000)))
for _ in range(40):
    points.append((log_uniform(1e6, 1e15), log_uniform(1e-300, 1e300)))
    points.append((rnd.choice([0, 0.5, 3, 1e5]), log_uniform(1e12, 1e300)))

rows = []
for v, x in points:
    i, k = ratio_i(v, x), ratio_k(v, x)
    values = [log_i(v, x), log_k(v, x), i, k, slope_v(log_i, v, x), slope_v(log_k, v, x)]
    values += [second_x(v, x, i, 1), second_x(v, x, k, -1)]
    rows.append([v, x] + [nstr(value, 20, strip_zeros=True) for value in values])

mp.dps = 20
target = Path(__file__).parent / "bessel.json"
target.write_text("[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]\n")
print(len(rows), "points,", target.stat().st_size, "bytes")
