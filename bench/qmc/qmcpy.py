# QMCPy with its C engine (qmctoolscl), and SciPy; all on one thread, arrays prepared before the clock.
import warnings

import qmcpy
import qmctoolscl
import scipy.fft
import scipy.special
import scipy.stats
from scipy.stats import qmc
from threadpoolctl import ThreadpoolController

warnings.simplefilter("ignore")
ThreadpoolController().limit(limits=1)

u64 = np.uint64
_out = {}


def out(*shape):
    if shape not in _out:
        _out.clear()
        _out[shape] = np.empty(shape)
    return _out[shape]


def matrices(request):
    return load(request["matrices"], "uint64").reshape(1, request["d"], -1)


def shifts(request):
    return load(request["shifts"], "uint64").reshape(1, -1) if "shifts" in request else None


# Nets. The same matrices and shifts as ours.
def net_engine(request):
    n, d, bits = (request[key] for key in ("n", "d", "bits"))
    C, shift, x = matrices(request), shifts(request), out(1, n, d)
    make = getattr(qmctoolscl, "dnb2_gen_%s_float" % request["order"])
    zeros = np.zeros((1, d), dtype=u64)
    lefts, digits = np.zeros(1, dtype=u64), np.full(1, bits, dtype=u64)

    def work():
        make(u64(1), u64(n), u64(d), u64(0), u64(C.shape[2]), u64(1), np.uint8(shift is not None),
             lefts, zeros if shift is None else shift, digits, C, x, backend="c")
        return x

    return work


def net_integers(request):
    n, d, bits = (request[key] for key in ("n", "d", "bits"))
    C, shift, x = matrices(request), shifts(request), out(1, n, d)
    make = getattr(qmctoolscl, "dnb2_gen_" + request["order"])
    integers = np.empty((1, n, d), dtype=u64)
    shifted = np.empty((1, n, d), dtype=u64)
    lefts, digits = np.zeros(1, dtype=u64), np.full(1, bits, dtype=u64)
    size = (u64(1), u64(n), u64(d))

    def work():
        make(*size, u64(0), u64(C.shape[2]), C, integers, backend="c")
        if shift is not None:
            qmctoolscl.dnb2_digital_shift(*size, u64(1), lefts, integers, shift, shifted, backend="c")
        final = integers if shift is None else shifted
        qmctoolscl.dnb2_integer_to_float(*size, digits, final, x, backend="c")
        return x

    return work


def qmcpy_net(request):
    shift = shifts(request)
    net = qmcpy.DigitalNetB2(
        request["d"],
        seed=7,
        randomize="FALSE" if shift is None else "LMS DS",
        order="GRAY" if request["order"] == "gray" else "RADICAL INVERSE",
    )
    if shift is not None:
        net.gen_mats, net.rshift = matrices(request), shift
    return net


def net_class(request):
    net = qmcpy_net(request)
    return lambda: net(n_min=0, n_max=request["n"], warn=False)


def net_nested(request):
    # A fresh tree: a second call would walk the one that is there.
    net = qmcpy.DigitalNetB2(request["d"], seed=7, randomize="NUS")
    return lambda: net(n_min=0, n_max=request["n"])


def scipy_sobol(request):
    sobol = qmc.Sobol(request["d"], scramble=request["scramble"], rng=7)
    if request["later"]:
        sobol.random(request["n"])
    return lambda: sobol.random(request["n"])


# Lattices, Halton points. The same vector and shift as ours.
def lattice_engine(request):
    n, d = request["n"], request["d"]
    g, x = load(request["vector"], "uint64"), out(1, n, d)
    size = (u64(1), u64(n), u64(d))
    if "shifts" not in request:

        def plain():
            qmctoolscl.lat_gen_natural(*size, u64(0), g, x, backend="c")
            return x

        return plain
    raw, shift = np.empty((1, n, d)), load(request["shifts"])

    def shifted():
        qmctoolscl.lat_gen_natural(*size, u64(0), g, raw, backend="c")
        qmctoolscl.lat_shift_mod_1(*size, u64(1), raw, shift, x, backend="c")
        return x

    return shifted


def lattice_class(request):
    g = load(request["vector"], "uint64")
    randomize = "SHIFT" if "shifts" in request else "FALSE"
    lattice = qmcpy.Lattice(
        request["d"], seed=7, randomize=randomize, generating_vector=g, m_max=20
    )
    if "shifts" in request:
        lattice.shift = load(request["shifts"]).reshape(1, -1)
    return lambda: lattice(n_min=0, n_max=request["n"], warn=False)


def scipy_halton(request):
    halton = qmc.Halton(request["d"], scramble=request["scramble"], rng=7)
    return lambda: halton.random(request["n"])


def qmcpy_halton(request):
    randomize = "LMS DP" if request["scramble"] else "FALSE"
    halton = qmcpy.Halton(request["d"], seed=7, randomize=randomize)
    return lambda: halton(n_min=0, n_max=request["n"], warn=False)


# Transforms of y; the engine's are in place, on a copy made before the clock.
def fwht_engine(request):
    y = load(request["y"])

    def work():
        qmctoolscl.fwht_1d_radix2(u64(1), u64(1), u64(len(y) // 2), y, backend="c")
        return y

    return work


def fftbr_engine(request):
    re, im = load(request["y"]), load(request["im"])
    twiddles = np.empty(len(re)), np.empty(len(re))

    def work():
        half = u64(len(re) // 2)
        qmctoolscl.fft_bro_1d_radix2(u64(1), u64(1), half, *twiddles, re, im, backend="c")
        return re, im

    return work


def split(values):
    return (values.real, values.imag)


def complex_input(request):
    return load(request["y"]) + 1j * load(request["im"])


def fwht_class(request):
    y = load(request["y"])
    return lambda: qmcpy.fwht(y)


def fftbr_class(request):
    y = complex_input(request)
    return lambda: finish(request, qmcpy.fftbr(y))


def scipy_fft(request):
    y = complex_input(request)
    return lambda: finish(request, scipy.fft.fft(y, norm="ortho"))


def finish(request, values):
    """Real and imaginary parts apart, only where the answer is compared."""
    return split(values) if request.get("keep") else values


# What is made from points.
def normal(request):
    u = load(request["u"])
    quantile = scipy.stats.norm.ppf if request["slow"] else scipy.special.ndtri
    return lambda: quantile(u)


def dense_product(request):
    K = load(request["gram"]).reshape(-1, request["n"])
    y = load(request["y"])
    return lambda: K @ y


def fast_product(request):
    """K y as QMCPy's documentation does it, from the kernel's first column."""
    eigenvalues, y = load(request["eigenvalues"]), load(request["y"])
    return lambda: qmcpy.fwht(eigenvalues * qmcpy.fwht(y))[: request["rows"]]


def fast_likelihood(request):
    n, d = request["n"], request["d"]
    x, y = load(request["x"]).reshape(n, d), load(request["y"])
    kernel = qmcpy.KernelDigShiftInvar(d, alpha=2, lengthscales=request["weight"], t=53)

    def work():
        column = kernel(x, x[0])
        eigenvalues = np.sqrt(n) * qmcpy.fwht(column) + request["noise"]
        power = qmcpy.fwht(y) ** 2
        return -0.5 * (power / eigenvalues + np.log(2 * np.pi * eigenvalues)).sum(keepdims=True)

    return work


def keister(request):
    rule = qmcpy.CubQMCNetG(
        qmcpy.Keister(qmcpy_net(request)), abs_tol=request["absTol"], rel_tol=0, n_init=2**10
    )

    def work():
        solution, data = rule.integrate()
        return [float(np.squeeze(solution)), float(np.log2(np.max(data.n_total)))]

    return work


serve(
    {
        "net engine": net_engine,
        "net integers": net_integers,
        "net class": net_class,
        "net nested": net_nested,
        "SciPy Sobol": scipy_sobol,
        "lattice engine": lattice_engine,
        "lattice class": lattice_class,
        "SciPy Halton": scipy_halton,
        "QMCPy Halton": qmcpy_halton,
        "fwht engine": fwht_engine,
        "fwht class": fwht_class,
        "fftbr engine": fftbr_engine,
        "fftbr class": fftbr_class,
        "SciPy fft": scipy_fft,
        "normal": normal,
        "dense product": dense_product,
        "fast product": fast_product,
        "fast likelihood": fast_likelihood,
        "keister": keister,
    }
)
