"""Writes the coefficient tables of the gamma, error and incomplete gamma functions.

Every table is computed from its definition with mpmath (60 digits) or exact rationals.
Run: python3 packages/special/scripts/make-coefficients.py
"""

from fractions import Fraction
from pathlib import Path

from mpmath import mp, mpf

mp.dps = 60
SRC = Path(__file__).resolve().parent.parent / "src"


def array(name, doc, values):
    body = "\n".join(f"  {float(v)!r}," for v in values)
    return f"/** {doc} */\nexport const {name} = [\n{body}\n] as const;\n"


def chebyshev(f, n):
    """First n Chebyshev coefficients of f on [-1, 1] (the constant one already halved)."""
    m = 96
    nodes = [mp.cos(mp.pi * (k + mpf(1) / 2) / m) for k in range(m)]
    values = [f(y) for y in nodes]
    out = []
    for j in range(n):
        total = mp.fsum(v * mp.cos(mp.pi * j * (k + mpf(1) / 2) / m) for k, v in enumerate(values))
        out.append(total * (1 if j == 0 else 2) / m)
    return out


def minimax(f, low, high, n):
    """Near-minimax polynomial of n terms, lowest power first."""
    return list(reversed(mp.chebyfit(f, [low, high], n)))


def file(path, blocks):
    head = "// Written by scripts/make-coefficients.py.\n\n"
    (SRC / path).write_text(head + "\n".join(blocks))


def lgamma2p(z):
    if abs(z) < mpf(10) ** -20:
        return 1 - mp.euler
    return mp.loggamma(2 + z) / z


ROOT = mp.findroot(mp.digamma, 1.4616321449683623)


def digamma_over_root(z):
    x = z + mpf(3) / 2
    if abs(x - ROOT) < mpf(10) ** -20:
        return mp.psi(1, ROOT)
    return mp.digamma(x) / (x - ROOT)


def erfcx_scaled(y):
    x = mpf(15) / 4 * (1 + y) / (1 - y)
    if x > 1e6:
        return (1 + 2 * x) / (x * mp.sqrt(mp.pi)) * (1 - 1 / (2 * x * x) + 3 / (4 * x**4))
    return (1 + 2 * x) * mp.erfc(x) * mp.exp(x * x)


def erf_over_x(t):
    x = mp.sqrt(t)
    return 2 / mp.sqrt(mp.pi) if x == 0 else mp.erf(x) / x


def stirling(n):
    return [Fraction(*mp.bernfrac(2 * k)) / (2 * k * (2 * k - 1)) for k in range(1, n + 1)]


def over_2k(n):
    return [Fraction(*mp.bernfrac(2 * k)) / (2 * k) for k in range(1, n + 1)]


def bernoulli(n):
    return [Fraction(*mp.bernfrac(2 * k)) for k in range(1, n + 1)]


def temme(orders, degree):
    """Taylor coefficients in eta of c_k(eta) of DLMF 8.12.8: c_0 = 1/mu - 1/eta and
    c_k = c_{k-1}'/eta + (-1)^k g_k/mu, where eta^2/2 = mu - log(1+mu) and g_k are the
    coefficients of Gamma(a) in Stirling's expansion."""
    n = degree + 2 * orders + 4
    # mu = sum m_j eta^j: from mu mu' = eta (1 + mu), which follows by differentiation.
    m = [Fraction(0)] * (n + 2)
    m[1] = Fraction(1)
    for j in range(2, n + 2):
        # coefficient of eta^j in mu mu' is ((j+1)/2) sum_{i=1..j} m_i m_{j+1-i}
        known = sum(m[i] * m[j + 1 - i] for i in range(2, j))
        m[j] = (m[j - 1] * Fraction(2, j + 1) - known) / 2
    # 1/mu = (1/eta) sum r_j eta^j
    r = [Fraction(0)] * (n + 1)
    r[0] = Fraction(1)
    for j in range(1, n + 1):
        r[j] = -sum(m[i + 1] * r[j - i] for i in range(1, j + 1))
    # g_k from exp(sum B_2k/(2k(2k-1) a^(2k-1)))
    s = [Fraction(0)] * (2 * orders + 2)
    for k, value in enumerate(stirling(orders + 1), start=1):
        if 2 * k - 1 < len(s):
            s[2 * k - 1] = value
    g = [Fraction(1)]
    for j in range(1, orders + 1):
        g.append(sum(i * s[i] * g[j - i] for i in range(1, j + 1)) / j)
    # Laurent coefficients: index j stands for eta^(j-1)
    c = [Fraction(0)] + r[1:]
    rows = [c[1 : degree + 2]]
    for k in range(1, orders):
        # c'/eta: eta^(j) -> j eta^(j-2)
        plain = c[1:]
        derived = [Fraction(0)] * (len(plain))
        inverse = plain[1]
        for j in range(2, len(plain)):
            derived[j - 2] = j * plain[j]
        scale = (-1) ** k * g[k]
        assert inverse + scale * r[0] == 0
        plain = [derived[j] + scale * r[j + 1] for j in range(len(plain) - 2)]
        c = [Fraction(0)] + plain
        rows.append(plain[: degree + 1])
    return rows


def significant(rows, eta, a):
    """Drops what cannot reach 1e-18 at |eta| and a."""
    out = []
    for k, row in enumerate(rows):
        keep = [j for j, v in enumerate(row) if abs(float(v)) * eta**j / a**k > 1e-18]
        if keep:
            out.append(row[: max(keep) + 1])
    return out


file(
    "gamma/coefficients.ts",
    [
        array("lgamma2p", "log Gamma(2+z) / z for |z| <= 1/2, lowest power first.", minimax(lgamma2p, -0.5, 0.5, 18)),
        array("stirlingSeries", "B_2k / (2k(2k-1)): multiplies x^(1-2k).", stirling(8)),
        array("digammaSeries", "B_2k / 2k: multiplies x^(-2k).", over_2k(9)),
        array("trigammaSeries", "B_2k: multiplies x^(-2k-1).", bernoulli(9)),
        array("digammaRoot", "Positive root of digamma as a sum of two doubles.", [ROOT, ROOT - mpf(float(ROOT))]),
        array("digammaOverRoot", "digamma(3/2+z) / (3/2+z-root) for |z| <= 1/2, lowest power first.", minimax(digamma_over_root, -0.5, 0.5, 26)),
    ],
)
file(
    "error/coefficients.ts",
    [
        array("erfOverX", "erf(x)/x in powers of x^2, |x| <= 1.", minimax(erf_over_x, 0, 1, 14)),
        array("erfcxChebyshev", "Chebyshev coefficients of (1+2x) erfcx(x) in y = (x-3.75)/(x+3.75).", chebyshev(erfcx_scaled, 28)),
    ],
)
rows = significant(temme(14, 24), 0.46, 20)
file(
    "incomplete/temme-coefficients.ts",
    [
        "/** Taylor coefficients in eta of c_k(eta), k = 0, 1, ... (DLMF 8.12.8). */\nexport const temmeSeries = [\n"
        + "\n".join("  [" + ", ".join(repr(float(v)) for v in row) + "]," for row in rows)
        + "\n] as const;\n"
    ],
)
print([len(row) for row in rows], [float(v) for v in rows[0][:4]], [float(v) for v in rows[1][:3]])
