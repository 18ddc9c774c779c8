"""Writes reference values of the gamma, error, normal and incomplete functions, to 40 digits.

Arguments are doubles, drawn with a fixed seed; values are rounded to the nearest double.
Run: python3 packages/special/scripts/make-function-references.py
"""

import json
import random
from pathlib import Path

from mpmath import mp, mpf

mp.dps = 40
random.seed(20240913)
OUT = Path(__file__).resolve().parent.parent / "reference-data-functions" / "references.json"


def log_uniform(low, high):
    return 10 ** random.uniform(low, high)


def table(f, arguments):
    rows = []
    for args in arguments:
        value = float(f(*[mpf(v) for v in args]))
        if value == value and abs(value) != float("inf"):
            rows.append([*args, value])
    return rows


def scaled_erfc(x):
    if x > 1e5:
        w = 1 / (2 * x * x)
        return (1 - w + 3 * w**2 - 15 * w**3 + 105 * w**4) / (x * mp.sqrt(mp.pi))
    return mp.exp(x * x) * mp.erfc(x)


def normal_cdf(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def log_normal_cdf(x):
    if x > 0:
        return mp.log1p(-normal_cdf(-x))
    return -x * x / 2 + mp.log(scaled_erfc(-x / mp.sqrt(2)) / 2)


def normal_quantile(p):
    with mp.workdps(60):
        f = lambda x: mp.log(mp.erfc(-x / mp.sqrt(2)) / 2) - mp.log(p)
        start = -mp.sqrt(-2 * mp.log(p)) if p < 0.1 else 2.5 * (p - 0.5)
        return mp.findroot(f, start, solver="secant", tol=mpf(10) ** -80, maxsteps=200)


def gamma_log_density(a, u):
    """log of the density of u = log x."""
    return a * u - mp.exp(u) - mp.loggamma(a)


def piece(log_density, start, direction, scale):
    """Integral of exp(log_density) from start outwards, in pieces of the given scale."""
    total, at = mpf(0), start
    while True:
        nxt = at + direction * scale
        part = abs(mp.quad(lambda u: mp.exp(log_density(u)), [at, nxt]))
        total += part
        at = nxt
        if part <= total * mpf(10) ** -25:
            return total


def gamma_tails(a, x):
    if a < 300:
        p = mp.gammainc(a, 0, x, regularized=True)
        q = mp.gammainc(a, x, regularized=True)
        return p, q
    u, scale = mp.log(x), 2 / mp.sqrt(a)
    if x < a:
        p = piece(lambda v: gamma_log_density(a, v), u, -1, scale)
        return p, 1 - p
    q = piece(lambda v: gamma_log_density(a, v), u, 1, scale)
    return 1 - q, q


def beta_log_density(a, b, u):
    return -a * mp.log1p(mp.exp(-u)) - b * mp.log1p(mp.exp(u)) - (mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b))


def beta_lower(a, b, x):
    if max(a, b) < 300:
        return mp.betainc(a, b, 0, x, regularized=True)
    u = mp.log(x / (1 - x))
    scale = 2 / mp.sqrt(min(a, b)) if min(a, b) > 1 else mpf(1)
    below = x < a / (a + b)
    if below or min(a, b) < 20:
        if a < 1:
            # the lower tail falls too slowly: integrate the upper one
            return 1 - piece(lambda v: beta_log_density(a, b, v), u, 1, scale)
        return piece(lambda v: beta_log_density(a, b, v), u, -1, scale)
    return 1 - piece(lambda v: beta_log_density(a, b, v), u, 1, scale)


def gamma_arguments():
    for _ in range(160):
        a = log_uniform(-4, 2.4)
        yield a, a * log_uniform(-1, 0.8)
    for _ in range(60):
        yield log_uniform(-3, 1), log_uniform(-12, 1.5)
    for _ in range(120):
        a = log_uniform(2.4, 12)
        yield a, max(a + random.uniform(-6, 6) * a**0.5, a * 0.1)
    for _ in range(30):
        a = log_uniform(1.3, 2.4)
        yield a, a * random.uniform(0.5, 1.5)


def beta_arguments():
    for _ in range(160):
        yield log_uniform(-2, 2.3), log_uniform(-2, 2.3), random.random()
    for _ in range(40):
        yield log_uniform(-1, 1), log_uniform(-1, 1), log_uniform(-9, 0)
    for _ in range(60):
        a, b = log_uniform(2.5, 9), log_uniform(2.5, 9)
        mean = a / (a + b)
        sd = (mean * (1 - mean) / (a + b + 1)) ** 0.5
        yield a, b, min(max(mean + random.uniform(-6, 6) * sd, mean / 8), (1 + 7 * mean) / 8)
    for _ in range(30):
        a, b = log_uniform(0, 1), log_uniform(3, 8)
        yield a, b, min(a / (a + b) * log_uniform(-1, 0.5), 0.9)


def inverse(values, tail, log_rate, with_args):
    """[args, tail, x]: the root for the rounded tail, one Newton step from the drawn x."""
    rows = []
    for args in values:
        shape, x = args[:-1], mpf(args[-1])
        shape = [mpf(s) for s in shape]
        exact = tail(*shape, x)
        rounded = float(exact)
        if not 1e-300 < rounded < 0.5:
            continue
        # d log(tail) / d log(x), whose sign the tail decides
        slope = log_rate(*shape, x) / exact
        root = x * mp.exp(mp.log(mpf(rounded) / exact) / slope)
        rows.append([*with_args(args), rounded, float(root)])
    return rows


def beta_rate(a, b, x):
    return mp.exp(beta_log_density(a, b, mp.log(x / (1 - x)))) / (1 - x)


gamma_args = list(gamma_arguments())
beta_args = list(beta_arguments())
near = [1 + s * log_uniform(-14, -1) for s in (-1, 1) for _ in range(20)]
near += [2 + s * log_uniform(-14, -1) for s in (-1, 1) for _ in range(20)]
positive = [(log_uniform(-300, 300),) for _ in range(60)] + [(log_uniform(-3, 3),) for _ in range(140)]
root = float(mp.findroot(mp.digamma, 1.46))
line = [(s * log_uniform(-12, 1.43),) for s in (-1, 1) for _ in range(100)]
normal_line = [(s * log_uniform(-12, 1.57),) for s in (-1, 1) for _ in range(100)]
tails = {args: gamma_tails(*[mpf(v) for v in args]) for args in gamma_args}

data = {
    "lgamma": table(mp.loggamma, positive + [(x,) for x in near]),
    "digamma": table(mp.digamma, positive + [(root + s * log_uniform(-13, -1),) for s in (-1, 1) for _ in range(30)]),
    "trigamma": table(lambda x: mp.psi(1, x) if x < 1e20 else 1 / x + 1 / (2 * x * x), [(log_uniform(-150, 300),) for _ in range(60)] + positive[60:]),
    "erf": table(mp.erf, line),
    "erfc": table(mp.erfc, line),
    "erfcx": table(scaled_erfc, line + [(log_uniform(0, 300),) for _ in range(40)]),
    "normalCdf": table(normal_cdf, normal_line),
    "logNormalCdf": table(log_normal_cdf, normal_line + [(-log_uniform(1, 150),) for _ in range(40)]),
    "inverseNormalCdf": table(normal_quantile, [(log_uniform(-300, -0.4),) for _ in range(80)] + [(random.random(),) for _ in range(60)] + [(log_uniform(-12, -0.3),) for _ in range(60)]),
    "gammaP": [[*args, float(tails[args][0])] for args in gamma_args],
    "gammaQ": [[*args, float(tails[args][1])] for args in gamma_args],
    "betaI": table(beta_lower, beta_args),
}


def rate(a, x):
    return mp.exp(gamma_log_density(a, mp.log(x)))


data["gammaPInv"] = inverse(gamma_args, lambda a, x: gamma_tails(a, x)[0], rate, lambda args: args[:-1])
data["gammaQInv"] = inverse(gamma_args, lambda a, x: gamma_tails(a, x)[1], lambda a, x: -rate(a, x), lambda args: args[:-1])
data["betaIInv"] = inverse(beta_args, beta_lower, beta_rate, lambda args: args[:-1])

tiny = 2.3e-308
data = {name: [row for row in rows if row[-1] == 0 or abs(row[-1]) > tiny] for name, rows in data.items()}
blocks = [json.dumps(name) + ": [\n" + ",\n".join(json.dumps(r, separators=(",", ":")) for r in rows) + "\n]" for name, rows in data.items()]
OUT.write_text("{\n" + ",\n".join(blocks) + "\n}\n")
print({name: len(rows) for name, rows in data.items()})
