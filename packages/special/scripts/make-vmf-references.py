"""Writes reference values of the von Mises-Fisher distribution, from 40-digit arithmetic.

concentration: [p, rbar, kappa] with A_p(kappa) = rbar, the double.
moments: [p, kappa, A_p, 1 - A_p, A_p', entropy].
cosine: [p, kappa, t, P(cosine <= t)], the distribution of the cosine to the mean direction.
Run: python3 packages/special/scripts/make-vmf-references.py
"""

import json
from pathlib import Path

from mpmath import mp, mpf

mp.dps = 45
OUT = Path(__file__).resolve().parent.parent / "reference-data-functions" / "von-mises-fisher.json"


def ratio(p, kappa):
    """I_{p/2}(kappa) / I_{p/2-1}(kappa)."""
    v = mpf(p) / 2 - 1
    if kappa > 1e6:
        return mp.besseli(v + 1, kappa) / mp.besseli(v, kappa)
    # backwards through r_v = 1 / (2 (v+1)/kappa + r_{v+1}), from far enough on
    depth = int(2 * kappa) + 200
    r = mpf(0)
    step = 2 / kappa
    top = 2 * (v + 1 + depth) / kappa
    for j in range(depth + 1):
        r = 1 / (top - j * step + r)
    return r


def slope(p, kappa, a):
    return 1 - a * a - (p - 1) * a / kappa


def root(p, rbar):
    r = mpf(rbar)
    kappa = r * (p - r * r) / (1 - r * r)
    for _ in range(30):
        a = ratio(p, kappa)
        step = (a - r) / slope(p, kappa, a)
        kappa -= step
        if abs(step) < kappa * mpf(10) ** -22:
            return kappa
    raise ValueError((p, rbar))


def log_bessel(v, x):
    return mp.log(mp.besseli(v, x, maxterms=10**7))


def entropy(p, kappa, a):
    v = mpf(p) / 2 - 1
    log_c = v * mp.log(kappa) - mpf(p) / 2 * mp.log(2 * mp.pi) - log_bessel(v, kappa)
    return -log_c - kappa * a


def cosine_cdf(p, kappa, t):
    """From the density exp(kappa t) (1-t^2)^((p-3)/2), in the angle."""
    peak = 2 * mpf(kappa) / (mp.sqrt(mpf(p - 2) ** 2 + 4 * mpf(kappa) ** 2) + p - 2) if p > 2 else mpf(1)
    width = 1 / mp.sqrt(kappa + p)
    log_g = lambda a: kappa * mp.cos(a) + (p - 2) * mp.log(mp.sin(a))
    top = log_g(mp.acos(peak)) if p > 2 else mpf(kappa)
    g = lambda a: mp.exp(log_g(a) - top) if p > 2 else mp.exp(kappa * mp.cos(a) - top)
    cuts = sorted({min(max(mp.acos(peak) + j * width, mpf(0)), mp.pi) for j in range(-16, 17, 2)} | {mpf(0), mp.pi})
    def integral(low, high):
        points = [low] + [c for c in cuts if low < c < high] + [high]
        return mp.quad(g, points)
    angle = mp.acos(t)
    return integral(angle, mp.pi) / integral(mpf(0), mp.pi)


pairs = [(p, r) for p in (2, 3, 10, 256) for r in (1e-9, 1e-4, 0.01, 0.2, 0.5, 0.9, 0.99, 0.9999)]
pairs += [(p, r) for p in (2, 3, 10) for r in (1 - 1e-8, 1 - 2.0**-40)]
pairs += [(p, r) for p in (2048, 8192, 32768) for r in (1e-6, 0.01, 0.2, 0.3, 0.9)]
pairs += [(100000, 0.2), (100000, 0.7), (2048, 0.999)]
concentration = [[p, r, float(root(p, r))] for p, r in pairs]

moments = []
for p, kappa in [(2, 0.001), (2, 1.0), (2, 59.5), (2, 1e4), (2, 1e8), (3, 0.5), (3, 700.0), (3, 1e9), (10, 1.0), (10, 12.5), (10, 900.0), (100, 11.0), (100, 9.5), (100, 5e3), (2048, 1e-3), (2048, 300.0), (2048, 1e5), (8192, 2500.0), (32768, 7000.0), (32768, 1e-8), (32768, 3.2e5)]:
    k = mpf(kappa)
    a = ratio(p, k)
    moments.append([p, kappa] + [float(v) for v in (a, 1 - a, slope(p, k, a), entropy(p, k, a))])

cosine = []
for p, kappa in [(2, 0.7), (2, 30.0), (3, 2.0), (10, 0.0), (10, 8.0), (2048, 300.0)]:
    with mp.workdps(25):
        a = ratio(p, mpf(kappa)) if kappa else mpf(0)
        sd = mp.sqrt(slope(p, mpf(kappa), a)) if kappa else 1 / mp.sqrt(p)
        for j in range(-30, 31):
            t = float(a + j * sd / 8)
            if -1 < t < 1:
                cosine.append([p, kappa, t, float(cosine_cdf(p, kappa, mpf(t)))])

blocks = {"concentration": concentration, "moments": moments, "cosine": cosine}
text = ",\n".join(json.dumps(name) + ": [\n" + ",\n".join(json.dumps(r, separators=(",", ":")) for r in rows) + "\n]" for name, rows in blocks.items())
OUT.write_text("{\n" + text + "\n}\n")
print({name: len(rows) for name, rows in blocks.items()})
