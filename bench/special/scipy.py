import scipy
from scipy.special import ive, kve

np.seterr(all="ignore")


def points(request):
    count = request["count"]
    return load(request["region"] + "-v")[:count], load(request["region"] + "-x")[:count]


def log_i(request):
    v, x = points(request)
    return lambda: np.log(ive(v, x)) + x


def log_k(request):
    v, x = points(request)
    return lambda: np.log(kve(v, x)) - x


serve({"I": log_i, "K": log_k, "version": lambda _: lambda: [int(p) for p in scipy.__version__.split(".")[:3]]})
