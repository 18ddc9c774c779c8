"""Values of QMCPy 2.4's true measures at random u, for src/measures/qmcpy.test.ts.

In an environment with qmcpy==2.4: python reference-data/measures.py > reference-data/measures.json
"""

import json
import warnings

import numpy as np
import qmcpy as q
import scipy.stats as st

warnings.simplefilter("ignore")
rng = np.random.default_rng(5)
out = {}


def sampler(d):
    return q.DigitalNetB2(d, seed=7)


def record(name, measure, n=4, moments=True):
    u = rng.random((n, measure.d))
    x = measure._transform(u)
    row = {"n": n, "u": u.ravel().tolist(), "x": np.asarray(x).ravel().tolist()}
    row["weight"] = np.asarray(measure._weight(x)).ravel().tolist()
    if moments and hasattr(measure, "mean"):
        row["mean"] = np.atleast_1d(measure.mean).tolist()
        if hasattr(measure, "_covariance"):
            c = measure.covariance
            c = c.toarray() if hasattr(c, "toarray") else np.asarray(c)
            row["covariance"] = c.ravel().tolist()
    out[name] = row


record("uniform", q.Uniform(sampler(2), [0, 0.5], [2, 3]))
covariance = np.array([[9, 4, 1], [4, 5, -1], [1, -1, 2.0]])
for how in ["PCA", "Cholesky"]:
    record(f"gaussian {how}", q.Gaussian(sampler(3), [1, 2, 3], covariance, decomp_type=how))
record("gaussian variances", q.Gaussian(sampler(3), 0, [1, 4, 2.0]))
record("gaussian 20", q.Gaussian(sampler(20), 1, 2.0))
long = np.exp(-abs(np.subtract.outer(np.arange(24), np.arange(24))) / 5)
record("gaussian Cholesky 24", q.Gaussian(sampler(24), 1, long, decomp_type="Cholesky"))
for how in ["PCA", "Cholesky", "BrownianBridge"]:
    record(
        f"brownian {how}",
        q.BrownianMotion(
            sampler(4), t_final=2, initial_value=1, drift=2, diffusion=3, decomp_type=how
        ),
    )
    gbm = q.GeometricBrownianMotion(
        sampler(4), t_final=2, initial_value=5, drift=0.1, diffusion=0.2, decomp_type=how
    )
    record(f"geometric {how}", gbm, moments=False)
    out[f"geometric {how}"]["mean"] = gbm.mean_gbm.tolist()
    out[f"geometric {how}"]["covariance"] = gbm.covariance_gbm.ravel().tolist()
record("bridge 5", q.BrownianMotion(sampler(5), decomp_type="BrownianBridge"))
bridge = {"decomp_type": "BrownianBridge", "monitoring_times": [0.6, 1.0, 0.3, 0.8]}
record("bridge given", q.BrownianMotion(sampler(4), bridge_vdc_gray_ordering=False, **bridge))
record("bridge sorted", q.BrownianMotion(sampler(4), **bridge))
record(
    "bridge output",
    q.BrownianMotion(sampler(4), diffusion=2, drift=1, bridge_output_order="input", **bridge),
)
record("kumaraswamy", q.Kumaraswamy(sampler(2), a=[1, 2], b=[3, 4]))
record("bernoulli", q.BernoulliCont(sampler(3), lam=[0.25, 0.5, 0.9]))
record("johnson", q.JohnsonsSU(sampler(2), gamma=1, xi=2, delta=3, lam=4))
points = np.linspace(0, 1, 4)[:, None]
for nu in [0.5, 1.5, 2.5, np.inf]:
    record(
        f"matern {nu}",
        q.MaternGP(
            sampler(4),
            points=points,
            nu=nu,
            length_scale=0.3,
            variance=2.0,
            mean=np.array([0.3, 0.4, 0.5, 0.6]),
            nugget=1e-2,
            decomp_type="Cholesky",
        ),
    )
record(
    "matern scales",
    q.MaternGP(
        sampler(3), points=np.linspace(0, 1, 3), length_scale=[3, 4, 5], variance=0.01, mean=0.3
    ),
)
shape = np.array([[2, 0.5, 0.3], [0.5, 1, 0.2], [0.3, 0.2, 1.5]])
for df in [2.5, 4]:
    record(f"student {df}", q.StudentT(sampler(3), np.array([1, 2, 3.0]), shape, df), 3)
record("triangle", q.UniformTriangle(sampler(2)))
record("triangular", q.Triangular(sampler(2), c=0.3, loc=1, scale=2))
record("zero inflated", q.ZeroInflatedExpUniform(sampler(1), 0.4, 1.5), 8, moments=False)
record("zero inflated 2", q.ZeroInflatedExpUniform(sampler(2), 0.4, 1.5, y_split=0.3), 6)
marginals = [st.norm(), st.expon(), st.logistic()]
record("scipy", q.SciPyWrapper(sampler(3), marginals))
correlation = [[1, 0.6, 0.3], [0.6, 1, 0.2], [0.3, 0.2, 1]]
record("gaussian copula", q.GaussianCopula(sampler(3), marginals, correlation))
record("student copula", q.StudentTCopula(sampler(3), marginals, correlation, df=4))
for theta in [0.5, 2, 10]:
    record(f"clayton {theta}", q.ClaytonCopula(sampler(3), marginals, theta))
for theta in [0.5, 2]:
    record(f"frank {theta}", q.FrankCopula(sampler(3), marginals, theta))
record("frank -2", q.FrankCopula(sampler(2), marginals[:2], -2.0))
for theta in [1, 1.3, 2]:
    record(f"gumbel {theta}", q.GumbelCopula(sampler(3), marginals, theta))
record(
    "product",
    q.ProductMeasure(
        sampler(3), [q.Gaussian(sampler(2), 1, covariance[:2, :2]), q.Kumaraswamy(sampler(1))]
    ),
    moments=False,
)
# accepted points of an unrandomised net
net = q.DigitalNetB2(3, randomize=False)
x = q.AcceptanceRejection(net, lambda x: 4 * x[:, 0] * x[:, 1], 4.0, 1.0)(12, warn=False)
out["accepted"] = {"n": 12, "u": net(64, warn=False).ravel().tolist(), "x": x.ravel().tolist()}
print(json.dumps(out))
