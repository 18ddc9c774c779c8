"""Writes a dense grid of reference values to a file: `dense.py SEED COUNT FILE`, then `node dense.ts
FILE` prints our largest errors on it. Rows as in generate.py; nine of ten end after log I and log K.
"""

import json
import math
import random
import sys

from mpmath import nstr

from reference import log_i, log_k, ratio_i, ratio_k, second_x, slope_v

rnd = random.Random(int(sys.argv[1]))


def point():
    kind = rnd.random()
    if kind < 0.35:
        return 10 ** rnd.uniform(-10, 6), 10 ** rnd.uniform(-4, 6)
    if kind < 0.5:
        special = [0, 0.5, 1, 1e-10, rnd.randint(0, 40), 10 ** rnd.uniform(0, 6)]
        return rnd.choice(special), 10 ** rnd.uniform(-300, 12)
    if kind < 0.75:
        return rnd.uniform(0, 17), rnd.uniform(0, 27)
    if kind < 0.85:
        return rnd.uniform(0, 300), rnd.uniform(0, 700)
    if kind < 0.92:
        v = 10 ** rnd.uniform(1, 6)
        return v, v * 0.6627434193491816 * (1 + rnd.choice([-1, 1]) * 10 ** rnd.uniform(-16, -1))
    angle = rnd.uniform(0, math.pi / 2)
    size = rnd.choice([24.57, 44.9, 110, 280]) * (1 + rnd.uniform(-1e-3, 1e-3))
    return size * math.sin(angle) / math.sqrt(2.5), size * math.cos(angle)


with open(sys.argv[3], "w") as file:
    for n in range(int(sys.argv[2])):
        v, x = point()
        values = [log_i(v, x), log_k(v, x)]
        if n % 10 == 0:
            i, k = ratio_i(v, x), ratio_k(v, x)
            values += [i, k, slope_v(log_i, v, x), slope_v(log_k, v, x)]
            values += [second_x(v, x, i, 1), second_x(v, x, k, -1)]
        file.write(json.dumps([v, x] + [nstr(value, 20) for value in values]) + "\n")
