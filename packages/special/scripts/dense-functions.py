"""Writes a dense random sample of the gamma, error, normal and incomplete functions and of their
quantiles to a file, in ball arithmetic: `dense-functions.py SEED COUNT FILE` (needs python-flint),
then `node dense-functions.ts FILE` prints our largest errors on it. A row is the name, the arguments
(doubles) and the value to 25 digits. Points at which an outside test found us off come first.
"""

import json
import random
import sys

from flint import acb, arb, ctx

rnd = random.Random(int(sys.argv[1]))
DIGITS = 25
BITS = 90


def log_uniform(low, high):
    return 10 ** rnd.uniform(low, high)


def exact(f, start=200, cap=1700):
    """f evaluated with ever more bits, until BITS of them are certain; None where they never are."""
    ctx.prec = start
    while ctx.prec <= cap:
        value = f()
        if value.is_finite() and value.rel_accuracy_bits() >= BITS:
            return value
        ctx.prec *= 2
    return None


def normal_upper(x):
    return (arb(x) / arb(2).sqrt()).erfc() / 2


def log_normal(x):
    return normal_upper(-arb(x)).log() if x < 0 else (-normal_upper(x)).log1p()


def scaled_erfc(x):
    return (arb(x) * arb(x)).exp() * arb(x).erfc()


def gamma_p(a, x):
    # slow where the lower function's own series would be long
    return arb(x).gamma_lower(arb(a), 1) if a < 50 else 1 - arb(x).gamma_upper(arb(a), 1)


FUNCTIONS = {
    "lgamma": lambda x: arb(x).lgamma(),
    "digamma": lambda x: arb(x).digamma(),
    "trigamma": lambda x: acb(2).zeta(acb(x)).real,
    "erf": lambda x: arb(x).erf(),
    "erfc": lambda x: arb(x).erfc(),
    "erfcx": scaled_erfc,
    "normalCdf": lambda x: normal_upper(-arb(x)),
    "logNormalCdf": log_normal,
    "inverseNormalCdf": lambda p: arb(2).sqrt() * (2 * arb(p) - 1).erfinv(),
    "gammaP": gamma_p,
    "gammaQ": lambda a, x: arb(x).gamma_upper(arb(a), 1),
    "betaI": lambda a, b, x: arb(x).beta_lower(arb(a), arb(b), 1),
}


def gamma_rate(a, x):
    """d gammaP / d log x."""
    return (arb(a) * arb(x).log() - arb(x) - arb(a).lgamma()).exp()


def beta_rate(a, b, x):
    """d betaI / d log x."""
    logs = arb(a) * arb(x).log() + arb(b) * (-arb(x)).log1p() - (-arb(x)).log1p()
    return (logs + (arb(a) + arb(b)).lgamma() - arb(a).lgamma() - arb(b).lgamma()).exp()


RATES = {"gammaP": gamma_rate, "gammaQ": lambda a, x: -gamma_rate(a, x), "betaI": beta_rate}
file = open(sys.argv[3], "w")


def write(name, args, value):
    file.write(json.dumps([name, *args, value.str(DIGITS, radius=False)]) + "\n")


def emit(name, *args):
    value = exact(lambda: FUNCTIONS[name](*args))
    if value is None or not (abs(float(value)) > 1e-320 or value == 0):
        return
    write(name, args, value)
    tail = float(value)
    if name not in RATES or not 1e-307 < tail < 0.5:
        return
    # the root for the rounded tail: one Newton step from x in log x, exact to its square
    def root():
        full = FUNCTIONS[name](*args)
        slope = RATES[name](*args) / full
        return arb(args[-1]) * ((arb(tail) / full).log() / slope).exp()

    x = exact(root)
    if x is not None and abs(float(x) / args[-1] - 1) < 1e-12:
        write(name + "Inv", [*args[:-1], tail], x)


def shapes(kind):
    """a and x for the incomplete gamma functions."""
    if kind == 0:
        a = log_uniform(-4, 2.4)
        return a, a * log_uniform(-1, 0.8)
    if kind == 1:
        return log_uniform(-3, 1.5), log_uniform(-12, 2.9)
    if kind == 2:
        a = log_uniform(0, 3.7)
        return a, max(a + rnd.uniform(-8, 8) * a**0.5, a * 0.05)
    if kind == 3:
        a = log_uniform(-1, 3)
        return a, a * rnd.uniform(0.01, 4)
    if kind == 4:
        return log_uniform(-0.5, 2), log_uniform(-300, -6)
    return log_uniform(-2, 2.7), log_uniform(-3, 2.85)


def beta_shapes(kind):
    if kind == 0:
        return log_uniform(-2, 2.3), log_uniform(-2, 2.3), rnd.random()
    if kind == 1:
        return log_uniform(-1, 1), log_uniform(-1, 1), log_uniform(-9, 0)
    if kind == 2:
        a, b = log_uniform(1, 2.8), log_uniform(1, 2.8)
        mean = a / (a + b)
        sd = (mean * (1 - mean) / (a + b + 1)) ** 0.5
        return a, b, min(max(mean + rnd.uniform(-7, 7) * sd, mean / 8), (1 + 7 * mean) / 8)
    if kind == 3:
        a, b = log_uniform(-1, 1.3), log_uniform(1, 2.9)
        return a, b, min(a / (a + b) * log_uniform(-1, 0.6), 0.9)
    if kind == 4:
        return log_uniform(-0.5, 1.5), log_uniform(-1, 2.5), log_uniform(-300, -6)
    return log_uniform(-2, 2), log_uniform(-2, 2), log_uniform(-3, 0)


FOUND = [
    ("gammaP", 1, 1e-300), ("gammaP", 1, 1e-200), ("gammaP", 100, 1), ("gammaQ", 20.1, 700),
    ("betaI", 1.5, 117.7, 1e-200), ("erfc", 2.0347677911690827), ("trigamma", 0.0018430870217588451),
    ("logNormalCdf", 0.0017242102300267356), ("erfcx", 0.0), ("erfc", 27.2), ("normalCdf", -38.4),
]  # fmt: skip
for point in FOUND:
    emit(*point)
ROOT = 1.4616321449683622
for n in range(int(sys.argv[2])):
    side = rnd.choice([-1, 1])
    positive = [log_uniform(-300, 300), log_uniform(-3, 3), rnd.uniform(0.2, 12)][n % 3]
    near = side * log_uniform(-15, -0.5)
    emit("lgamma", rnd.choice([1, 2]) + near if n % 8 == 0 else positive)
    emit("digamma", ROOT + near if n % 8 == 0 else positive)
    emit("trigamma", positive if 1e-150 < positive < 1e18 else log_uniform(-4, 2))
    line = side * [log_uniform(-12, 1.43), rnd.uniform(0, 3), rnd.uniform(0, 27.2)][n % 3]
    emit("erf", line)
    emit("erfc", line)
    emit("erfcx", log_uniform(-3, 4) if n % 4 == 0 else max(line, -26.6))
    emit("normalCdf", 1.41 * line)
    emit("logNormalCdf", 1.41 * line)
    emit("inverseNormalCdf", [log_uniform(-300, 0), log_uniform(-12, -0.3), rnd.random()][n % 3])
    emit("gammaP", *shapes(n % 6))
    emit("gammaQ", *shapes(n % 6))
    emit("betaI", *beta_shapes(n % 6))
