"""Writes reference.json: QMCPy's unrandomised Sobol' points in natural order, in all 21,201 dimensions.

For each of some indices, the points' 32-bit integers in blocks of dimensions, each block as a hash
(FNV-1a, 32 bits, of the little-endian bytes), so that the file stays small and any wrong bit shows.

    python3 -m venv .cache/qmcpy && .cache/qmcpy/bin/pip install qmcpy==2.4
    .cache/qmcpy/bin/python papers/qmcpy/peers/make-reference.py
"""

import json
from pathlib import Path

import numpy as np
import qmcpy

BLOCK = 100
DIMENSIONS = 21_201
INDICES = [1, 2, 3, 1023, 7_919, 31_337, 49_152, 65_535]


def fnv(data: bytes) -> int:
    value = 0x811C9DC5
    for byte in data:
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


hashes = [[] for _ in INDICES]
for start in range(0, DIMENSIONS, BLOCK):
    dimensions = np.arange(start, min(start + BLOCK, DIMENSIONS))
    net = qmcpy.DigitalNetB2(dimensions, randomize="FALSE", order="RADICAL INVERSE")
    points = net(2**16, return_binary=True, warn=False) << np.uint64(32 - net.t)
    for row, index in enumerate(INDICES):
        hashes[row].append(fnv(points[index].astype("<u4").tobytes()))

reference = {
    "version": qmcpy.__version__,
    "command": "papers/qmcpy/peers/make-reference.py",
    "dimensions": DIMENSIONS,
    "block": BLOCK,
    "indices": INDICES,
    "hashes": hashes,
}
path = Path(__file__).with_name("reference.json")
path.write_text(json.dumps(reference, separators=(",", ":")) + "\n")
