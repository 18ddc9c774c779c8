"""Reference values of log I, log K, their ratios and derivatives with mpmath, 40 digits and more.

Independent ways: mpmath's own besseli and besselk (hypergeometric series) where max(v, x) is below
250, the integral of K for 20 < max(v, x) < 250 (mpmath 1.4's besselk loses all its digits near
x = 0.66 v: besselk(549.102, 363.913) is off by a factor of 2), and the Debye expansion with 36 exact
terms above (its first omitted term is below 1e-58). `python reference.py` compares them where they meet.
"""

from fractions import Fraction
from functools import cache

from mpmath import asinh, besseli, besselk, cosh, exp, log, mp, mpf, pi, sinh, sqrt

mp.dps = 70
SWITCH = 250


@cache
def debye_u(n):
    u = [[Fraction(1)]]
    for _ in range(n):
        prev, out = u[-1], [Fraction(0)] * (len(u[-1]) + 3)
        for i, c in enumerate(prev):
            out[i + 1] += c * i / 2 + c / (8 * (i + 1))
            out[i + 3] -= c * i / 2 + 5 * c / (8 * (i + 3))
        u.append(out)
    return [p[k::2] for k, p in enumerate(u)]


def debye(v, x, sign, terms=36):
    r = sqrt(v * v + x * x)
    t2 = (v / r) ** 2
    total = mpf(0)
    for k, p in enumerate(debye_u(terms)):
        s = mpf(0)
        for c in reversed(p):
            s = s * t2 + mpf(c.numerator) / c.denominator
        total += s * mpf(sign) ** k / r**k
        if k > 3 and abs(s / r**k) < mpf(10) ** -mp.dps:
            break
    exponent = r - v * asinh(v / x) if v else r
    return sign * exponent - log(2 * pi * r) / 2 + (log(pi) if sign < 0 else 0) + log(total)


def log_i(v, x):
    v, x = mpf(v), mpf(x)
    return debye(v, x, 1) if max(v, x) > SWITCH else log(besseli(v, x).real)


def log_k(v, x):
    v, x = mpf(v), mpf(x)
    if max(v, x) > SWITCH:
        return debye(v, x, -1)
    if max(v, x) > 20 and x > 1:
        return log_k_integral(v, x)
    return log(besselk(v, x).real)


def log_k_integral(v, x):
    """The trapezoid rule on the peak of exp(v t - x cosh t), halved until it stands still."""
    v, x = mpf(v), mpf(x)
    r, t0 = sqrt(v * v + x * x), asinh(v / x)

    def rule(h):
        total = mpf(1)
        for side in (1, -1):
            j = 1
            while True:
                s = side * j * h
                e = r * (cosh(s) - 1) + v * (sinh(s) - s)
                if e > 170:
                    break
                total += exp(-e)
                j += 1
        return log(total * h / 2) + v * t0 - r

    h = min(mpf(1) / 4, 1 / sqrt(r))
    old = rule(h)
    while True:
        h /= 2
        new = rule(h)
        if abs(new - old) < mpf(10) ** -45:
            return new
        old = new


def digits(v, x):
    """Working digits with which differences of logarithms of this size, and 1/x^2, stay exact."""
    return 70 + 3 * max(0, int(mp.log10(max(v, x))))


def ratio_i(v, x):
    with mp.workdps(digits(v, x)):
        return exp(log_i(mpf(v) + 1, x) - log_i(v, x))


def ratio_k(v, x):
    with mp.workdps(digits(v, x)):
        return exp(log_k(mpf(v) + 1, x) - log_k(v, x))


def slope_v(f, v, x):
    """Central difference with h = 1e-24 (relative), at 50 more digits: error about 1e-48."""
    with mp.workdps(50 + digits(v, x)):
        v = mpf(v)
        h = mpf(10) ** -24 * max(1, v)
        if v < h:
            return mpf(0) if f is log_k else (f(h, x) - f(0, x)) / h
        return (f(v + h, x) - f(v - h, x)) / (2 * h)


def second_x(v, x, up, sign):
    """L'' = 1 + v^2/x^2 - L'/x - L'^2 with L' = v/x + up (sign 1) or v/x - up (sign -1)."""
    with mp.workdps(digits(v, x)):
        v, x = mpf(v), mpf(x)
        d = v / x + sign * up
        return 1 + (v / x) ** 2 - d / x - d * d


if __name__ == "__main__":
    worst = 0
    for v in (0, "0.3", "7.5", "17.4", 19):
        for x in ("2.5", 11, "19.7"):
            a, b = log(besselk(mpf(v), mpf(x)).real), log_k_integral(v, x)
            worst = max(worst, abs(a - b) / max(1, abs(b)))
    for v, x in ((0, 260), (260, "1.5"), (260, 170), (240, 100), ("300.5", 1700), (4000, 2650)):
        k = log_k_integral(v, x)
        worst = max(worst, abs(k - debye(mpf(v), mpf(x), -1)) / abs(k))
        i = log(besseli(mpf(v), mpf(x)).real)
        worst = max(worst, abs(i - debye(mpf(v), mpf(x), 1)) / abs(i))
    print("largest difference between the ways:", mp.nstr(worst, 3))
