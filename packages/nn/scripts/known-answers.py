"""Known answers of the reference operations, from PyTorch in double precision.

    pip install torch && python packages/nn/scripts/known-answers.py > packages/nn/src/reference-ops/known-answers.json

Arrays are wave(seed, ...shape): element i is sin(1.3 i + seed), as in the test that reads the file.
"""
import json
import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def wave(seed, *shape):
    n = math.prod(shape)
    return torch.sin(1.3 * torch.arange(n, dtype=torch.float64) + seed).reshape(shape)


def recurrent(kind, layers, both):
    net = getattr(torch.nn, kind)(4, 3, layers, bidirectional=both)
    for k, p in enumerate(net.parameters()):
        p.data = wave(k, *p.shape)
    return net(wave(40, 5, 2, 4))[0]


x1, x2, x3 = wave(1, 2, 4, 11), wave(2, 2, 4, 7, 6), wave(3, 1, 2, 5, 4, 6)
idx = torch.tensor([[2, 0, 1], [3, 3, 0]])
known = {
    "conv1d": F.conv1d(x1, wave(5, 6, 2, 3), wave(6, 6), stride=2, padding=1, dilation=2, groups=2),
    "conv2d": F.conv2d(x2, wave(5, 3, 4, 3, 2), None, stride=(2, 1), padding=(1, 0), dilation=(1, 2)),
    "conv3d": F.conv3d(x3, wave(5, 3, 2, 2, 3, 2), None, stride=2, padding=1),
    "convTranspose1d": F.conv_transpose1d(x1, wave(5, 4, 3, 3), wave(6, 6), stride=3, padding=1, output_padding=2, groups=2),
    "convTranspose2d": F.conv_transpose2d(x2, wave(5, 4, 2, 3, 2), None, stride=(2, 1), padding=(1, 0), dilation=(1, 2)),
    "convTranspose3d": F.conv_transpose3d(x3, wave(5, 2, 3, 2, 3, 2), None, stride=2, padding=1, output_padding=1),
    "maxPool": F.max_pool2d(x2, 3, stride=2, padding=1, dilation=2, ceil_mode=True),
    "avgPool": F.avg_pool2d(x2, 3, stride=2, padding=1, ceil_mode=True),
    "avgPoolWithoutPad": F.avg_pool2d(x2, 3, stride=2, padding=1, ceil_mode=True, count_include_pad=False),
    "adaptiveAvgPool": F.adaptive_avg_pool2d(x2, (3, 4)),
    "gelu": F.gelu(3 * x1),
    "geluTanh": F.gelu(3 * x1, approximate="tanh"),
    "elu": F.elu(3 * x1, 0.7),
    "selu": F.selu(3 * x1),
    "mish": F.mish(3 * x1),
    "hardswish": F.hardswish(4 * x1),
    "softplus": F.softplus(25 * x1),
    "logSoftmax": F.log_softmax(5 * x2, 2),
    "logSumExp": torch.logsumexp(5 * x2, (1, 3)),
    "batchNorm": F.batch_norm(x2, None, None, wave(7, 4), wave(8, 4), training=True),
    "batchNormGiven": F.batch_norm(x2, wave(7, 4), wave(8, 4) ** 2 + 0.1, wave(9, 4), wave(10, 4)),
    "groupNorm": F.group_norm(x2, 2, wave(7, 4), wave(8, 4)),
    "instanceNorm": F.instance_norm(x2),
    "layerNorm": F.layer_norm(x2, (7, 6), wave(7, 7, 6), wave(8, 7, 6)),
    "variance": torch.var(x2, (0, 2), correction=1),
    "lstm": recurrent("LSTM", 2, True),
    "gru": recurrent("GRU", 2, True),
    "rnn": recurrent("RNN", 1, False),
    "attention": F.scaled_dot_product_attention(wave(1, 2, 5, 4), wave(2, 2, 5, 4), wave(3, 2, 5, 3), is_causal=True),
    "nearest": F.interpolate(x2, (5, 9)),
    "bilinear": F.interpolate(x2, (5, 9), mode="bilinear"),
    "bilinearCorners": F.interpolate(x2, (5, 9), mode="bilinear", align_corners=True),
    "bicubic": F.interpolate(x2, (5, 9), mode="bicubic"),
    "trilinear": F.interpolate(x3, (3, 7, 5), mode="trilinear"),
    "antialias": F.interpolate(x2, (3, 4), mode="bilinear", antialias=True),
    "gridSample": F.grid_sample(x2, 1.2 * wave(4, 2, 3, 5, 2), align_corners=False),
    "gridSampleCorners": F.grid_sample(x2, 1.2 * wave(4, 2, 3, 5, 2), align_corners=True),
    "affineGrid": F.affine_grid(wave(4, 2, 2, 3), (2, 1, 3, 4), align_corners=False),
    "affineGridCorners": F.affine_grid(wave(4, 2, 2, 3), (2, 1, 3, 4), align_corners=True),
    "gather": torch.gather(wave(1, 2, 4), 1, idx),
    "scatterAdd": torch.scatter_add(wave(1, 2, 4), 1, idx, wave(2, 2, 3)),
    "indexAdd": torch.index_add(wave(1, 4, 3), 0, idx[1], wave(2, 3, 3)),
    "crossEntropyLoss": F.cross_entropy(5 * wave(1, 3, 4), idx[0]),
    "huberLoss": F.huber_loss(3 * x1, x1.flip(2), delta=0.7),
    "klDivLoss": F.kl_div(F.log_softmax(x2, 1), F.softmax(2 * x2, 1), reduction="batchmean"),
    "cosineSimilarityLoss": (1 - F.cosine_similarity(wave(1, 3, 5), wave(2, 3, 5))).mean(),
    "tripletMarginLoss": F.triplet_margin_loss(wave(1, 3, 5), wave(2, 3, 5), wave(3, 3, 5)),
}


def digest(y):
    """The shape, about forty elements a step apart, and the sum of all."""
    flat = y.detach().flatten()
    step = max(1, flat.numel() // 40)
    return {
        "shape": list(y.shape),
        "step": step,
        "some": [float(f"{v:.12g}") for v in flat[::step]],
        "sum": float(f"{flat.sum():.12g}"),
    }


answers = {name: digest(y) for name, y in known.items()}
print(json.dumps({"torch": torch.__version__, "answers": answers}))
