import torch

torch.set_num_threads(1)


def sobol(request):
    engine = torch.quasirandom.SobolEngine(request["d"], scramble=request["scramble"], seed=7)
    if request["later"]:
        engine.fast_forward(request["n"])
    return lambda: engine.draw(request["n"], dtype=torch.float64).numpy()


serve({"sobol": sobol})
