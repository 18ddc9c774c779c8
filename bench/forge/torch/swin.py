"""Swin networks: windows cut by unfold and put together by fold, masks from rolled labels."""
import math

import torch
import torch.nn.functional as F

from architecture import task


def to_windows(x, size):
    """[batch, height, width, channels] as [batch, windows, places, channels]."""
    x = x.unfold(1, size, size).unfold(2, size, size)
    return x.permute(0, 1, 2, 4, 5, 3).flatten(3, 4).flatten(1, 2)


def from_windows(x, size, shape):
    batch, height, width, channels = shape
    columns = x.permute(0, 3, 2, 1).flatten(1, 2)
    whole = F.fold(columns, (height, width), size, stride=size)
    return whole.permute(0, 2, 3, 1)


def spatial(w, x, size, shift, heads):
    before = size - shift if shift else 0
    padded = F.pad(x, (0, 0, before, shift, before, shift))
    windows = to_windows(padded, size)
    weight, bias = w.take(), w.take()
    matrix = weight[:, :, 0].unflatten(0, (heads, -1))
    parts = windows.unflatten(3, (heads, -1))
    mixed = torch.einsum("hij,bnjhc->bnihc", matrix, parts)
    mixed = mixed + bias.view(heads, -1).t()[None, None, :, :, None]
    whole = from_windows(mixed.flatten(3), size, padded.shape)
    return whole[:, before:before + x.shape[1], before:before + x.shape[2]]


def position_bias(w, size, heads):
    grid = torch.arange(size, dtype=torch.float64)
    places = torch.stack(torch.meshgrid(grid, grid, indexing="ij"), -1).flatten(0, 1)
    apart = places[:, None] - places[None, :]
    apart = apart / max(size - 1, 1) * 8
    apart = apart.sign() * torch.log2(apart.abs() + 1) / math.log2(8)
    hidden = F.relu(w.linear(apart))
    return 16 * torch.sigmoid(w.linear(hidden, bias=False)).permute(2, 0, 1)


def attention(w, x, size, shift, heads):
    batch, side, _, channels = x.shape
    windows = to_windows(x.roll((-shift, -shift), (1, 2)), size)
    qkv = F.linear(windows, w.take())
    q_bias, v_bias = w.take(), w.take()
    scale = w.take()
    q, k, v = (part.unflatten(3, (heads, -1)).transpose(2, 3) for part in
               (qkv + torch.cat((q_bias, torch.zeros_like(q_bias), v_bias))).chunk(3, 3))
    scores = F.normalize(q, dim=-1) @ F.normalize(k, dim=-1).transpose(3, 4)
    scores = scores * scale.clamp(max=math.log(100)).exp() + position_bias(w, size, heads)
    if shift:
        label = torch.zeros(1, side, side, 1)
        edges = (slice(0, -size), slice(-size, -shift), slice(-shift, None))
        for i, rows in enumerate(edges):
            for j, columns in enumerate(edges):
                label[:, rows, columns] = 3 * i + j
        parts = to_windows(label, size)[0, :, :, 0]
        apart = parts[:, None, :] != parts[:, :, None]
        scores = scores + apart[None, :, None] * -100.0
    y = (torch.softmax(scores, -1) @ v).transpose(2, 3).flatten(3)
    return from_windows(w.linear(y), size, x.shape).roll((shift, shift), (1, 2))


def swin(w, image, block, norm_first):
    size = image.shape[2] // 32
    x = w.layer_norm(w.conv(image, 4).permute(0, 2, 3, 1))
    for stage, depth in enumerate((2, 2, 6, 2)):
        if stage:
            x = torch.cat([x[:, i::2, j::2] for j in (0, 1) for i in (0, 1)], 3)
            x = w.linear(w.layer_norm(x), bias=False) if norm_first else w.layer_norm(
                w.linear(x, bias=False))
        for i in range(depth):
            shift = size // 2 if i % 2 and x.shape[1] > size else 0
            x = block(w, x, size, shift, 3 * 2 ** stage)
    return w.linear(w.layer_norm(x).mean((1, 2)))


def mlp(w, x):
    return w.linear(F.gelu(w.linear(x)))


@task("swin_mlp")
def swin_mlp(t, w):
    def block(w, x, *place):
        x = x + spatial(w, w.layer_norm(x), *place)
        return x + mlp(w, w.layer_norm(x))

    return swin(w, t["x"], block, True)


@task("swintransformer_v2")
def swintransformer_v2(t, w):
    def block(w, x, *place):
        x = x + w.layer_norm(attention(w, x, *place))
        return x + w.layer_norm(mlp(w, x))

    return swin(w, t["x"], block, False)
