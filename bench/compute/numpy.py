# The native ceiling: OpenBLAS and LAPACK through NumPy and SciPy, on the threads that a request names.
import scipy.linalg
import scipy.spatial.distance
import scipy.special
from threadpoolctl import ThreadpoolController

_blas = ThreadpoolController()
_inputs = {}


def _matrix(request, name):
    rows, cols = request[name + "Shape"]
    key = (request[name], rows, cols, request.get("dtype", "float64"))
    if key not in _inputs:
        _inputs[key] = load(key[0], key[3]).reshape(rows, cols)
    return _inputs[key]


def _handler(work):
    def prepare(request):
        _blas.limit(limits=request["threads"])
        a = _matrix(request, "a")
        b = _matrix(request, "b") if "b" in request else None
        return lambda: work(a, b)

    return prepare


serve(
    {
        "matmul": _handler(lambda a, b: a @ b),
        "matmulTransposed": _handler(lambda a, b: a @ b.T),
        "syrk": _handler(lambda a, b: a @ a.T),
        "cholesky": _handler(lambda a, b: np.linalg.cholesky(a)),
        "solveTriangular": _handler(
            lambda a, b: scipy.linalg.solve_triangular(a, b, lower=True)
        ),
        "eigenvalues": _handler(lambda a, b: np.linalg.eigh(a)[0]),
        "squaredDistances": _handler(
            lambda a, b: scipy.spatial.distance.cdist(a, b, "sqeuclidean")
        ),
        "logSumExp": _handler(lambda a, b: scipy.special.logsumexp(a, axis=1)),
    }
)
