from threadpoolctl import threadpool_limits
import matplotlib
matplotlib.use("Agg")
from dppy.finite_dpps import FiniteDPP
from dppy.multivariate_jacobi_ope import MultivariateJacobiOPE
threadpool_limits(1)
CELLS = 8
def shares(draw, request):
    # What the draws have in common, whatever the random numbers: mean counts in cells.
    low, high = request["low"], request["high"]
    if not request.get("keep"):
        return draw()
    sums = np.zeros(CELLS)
    for _ in range(request["draws"]):
        sums += np.histogram(draw(), bins=CELLS, range=(low, high))[0]
    return sums / request["draws"]
ensembles = {}
def ensemble(request):
    key = (request["m"], request["d"])
    if key not in ensembles:
        ensembles[key] = MultivariateJacobiOPE(request["m"], np.zeros((request["d"], 2)))
    dpp = ensembles[key]
    tridiagonal = bool(request["tridiagonal"])
    return lambda: shares(lambda: np.asarray(dpp.sample(tridiag_1D=tridiagonal)).reshape(request["m"], -1)[:, 0], request)
bases = {}
def rows(request):
    key = (request["n"], request["m"])
    if key not in bases:
        bases[key] = load("rows%d" % request["n"]).reshape(request["n"], request["m"])
    return bases[key]
def finite(request):
    v = rows(request)
    dpp = FiniteDPP("correlation", projection=True, K_eig_dec=(np.ones(v.shape[1]), v))
    def draw():
        dpp.flush_samples()
        return dpp.sample_exact(mode="GS")
    return lambda: shares(draw, request)
def plain(request):
    # The chain rule as a few lines of NumPy: residual norms, Gram and Schmidt.
    v = rows(request)
    n, m = v.shape
    rng = np.random.default_rng(1)
    def draw():
        rest = (v * v).sum(1)
        q = np.zeros((m, m))
        chosen = np.zeros(m, dtype=int)
        for k in range(m):
            sums = np.cumsum(np.maximum(rest, 0))
            i = chosen[k] = min(n - 1, np.searchsorted(sums, rng.random() * sums[-1]))
            u = v[i] - q[:k].T @ (q[:k] @ v[i])
            u -= q[:k].T @ (q[:k] @ u)
            q[k] = u / np.linalg.norm(u)
            rest -= (v @ q[k]) ** 2
        return chosen
    return lambda: shares(draw, request)
serve({"ensemble": ensemble, "finite": finite, "plain": plain})
