# The same work in NumPy on one thread: random features of records, plainly and as fast as they go, and
# exact sums by broadcasting.
from threadpoolctl import threadpool_limits

threadpool_limits(1)


def _shape(request, name):
    return load(request[name]).reshape(request[name + "Shape"])


def features(request):
    x, w, b = _shape(request, "x"), _shape(request, "w"), load(request["b"])
    return lambda: (np.sqrt(2) * np.cos(x @ w.T + b)).sum(axis=0)


def blocked(request):
    """In blocks that stay in cache, without a temporary array."""
    x, w, b = _shape(request, "x"), _shape(request, "w"), load(request["b"])
    turned = np.ascontiguousarray(w.T)
    block = np.empty((128, w.shape[0]))

    def work():
        total = np.zeros(w.shape[0])
        for start in range(0, len(x), len(block)):
            np.matmul(x[start : start + len(block)], turned, out=block)
            np.add(block, b, out=block)
            np.cos(block, out=block)
            total += block.sum(axis=0)
        return np.sqrt(2) * total

    return work


def exact(request):
    x, y = _shape(request, "x"), _shape(request, "y")
    return lambda: np.array([np.abs(x - row).sum() for row in y])


serve({"features": features, "blocked": blocked, "exact": exact})
