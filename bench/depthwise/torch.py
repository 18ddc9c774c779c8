import torch
torch.set_num_threads(1)

def depthwise(request):
    x = torch.from_numpy(load(request["x"], "float32")).reshape(request["xShape"])
    w = torch.from_numpy(load(request["w"], "float32")).reshape(request["wShape"])
    K = w.shape[-1]
    conv = lambda a: torch.nn.functional.conv2d(a, w, padding=K // 2, groups=w.shape[0])
    def forward():
        with torch.no_grad():
            for _ in range(request["times"]):
                y = conv(x)
        return y.numpy()
    return forward

serve({"depthwise": depthwise})
