"""The networks by torch's own modules; weights are taken in the order in which the task lists them."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

TASKS = {}


def task(name):
    def add(function):
        TASKS["architecture/" + name] = function
        return function

    return add


class Weights:
    """Hands out a task's weights one after the other."""

    def __init__(self, names, tensors):
        self.names = names
        self.tensors = tensors
        self.at = 0

    def take(self):
        name = self.names[self.at]
        self.at += 1
        return self.tensors[name]

    def fill(self, module):
        """A module's parameters in torch's order, from the next weights."""
        for parameter in module.parameters():
            given = self.take()
            if given.shape != parameter.shape:
                raise ValueError(f"{tuple(given.shape)} for {tuple(parameter.shape)}")
            parameter.data = given.clone()
        return module

    def conv(self, x, stride=1, padding=0, groups=1, bias=True):
        return F.conv2d(x, self.take(), self.take() if bias else None, stride, padding, 1, groups)

    def linear(self, x, bias=True):
        return F.linear(x, self.take(), self.take() if bias else None)

    def norm(self, x):
        """Batch norm with given statistics: mean, variance, gamma, beta."""
        mean, variance, gamma, beta = (self.take() for _ in range(4))
        return F.batch_norm(x, mean, variance, gamma, beta, training=False)

    def norm_training(self, x):
        gamma, beta = self.take(), self.take()
        return F.batch_norm(x, None, None, gamma, beta, training=True)

    def layer_norm(self, x):
        return F.layer_norm(x, x.shape[-1:], self.take(), self.take())

    def done(self):
        if self.at != len(self.names):
            raise ValueError(f"{len(self.names) - self.at} weights are left")


def classify(w, x):
    return w.linear(F.adaptive_avg_pool2d(x, 1).flatten(1))


def vgg(repeats):
    def compute(t, w):
        x = t["x"]
        for count in repeats:
            for _ in range(count):
                x = F.relu(w.conv(x, padding=1))
            x = F.max_pool2d(x, 2)
        x = F.relu(w.linear(x.flatten(1)))
        return w.linear(F.relu(w.linear(x)))

    return compute


TASKS["architecture/vgg16"] = vgg([2, 2, 3, 3, 3])
TASKS["architecture/vgg19"] = vgg([2, 2, 4, 4, 4])


@task("alexnet")
def alexnet(t, w):
    x = F.max_pool2d(F.relu(w.conv(t["x"], 4, 2)), 3, 2)
    x = F.max_pool2d(F.relu(w.conv(x, padding=2)), 3, 2)
    for _ in range(3):
        x = F.relu(w.conv(x, padding=1))
    x = F.max_pool2d(x, 3, 2).flatten(1)
    return w.linear(F.relu(w.linear(F.relu(w.linear(x)))))


@task("lenet5")
def lenet5(t, w):
    x = F.max_pool2d(F.relu(w.conv(t["x"])), 2)
    x = F.max_pool2d(F.relu(w.conv(x)), 2).flatten(1)
    return w.linear(F.relu(w.linear(F.relu(w.linear(x)))))


def stem(w, x):
    return F.max_pool2d(F.relu(w.norm(w.conv(x, 2, 3, bias=False))), 3, 2, 1)


def basic(w, x, norm, stride, project):
    y = F.relu(norm(w.conv(x, stride, 1, bias=False)))
    y = norm(w.conv(y, 1, 1, bias=False))
    return F.relu(y + (norm(w.conv(x, stride, bias=False)) if project else x))


def bottleneck(w, x, norm, stride, project):
    y = F.relu(norm(w.conv(x, bias=False)))
    y = F.relu(norm(w.conv(y, stride, 1, bias=False)))
    y = norm(w.conv(y, bias=False))
    return F.relu(y + (norm(w.conv(x, stride, bias=False)) if project else x))


def resnet(repeats, block, always):
    def compute(t, w):
        x = stem(w, t["x"])
        for stage, count in enumerate(repeats):
            for k in range(count):
                stride = 2 if stage > 0 and k == 0 else 1
                project = k == 0 and (always or stride == 2)
                x = block(w, x, w.norm, stride, project)
        return classify(w, x)

    return compute


TASKS["architecture/resnet18"] = resnet([2, 2, 2, 2], basic, False)
TASKS["architecture/resnet101"] = resnet([3, 4, 23, 3], bottleneck, True)


@task("resnet_basic_block")
def resnet_basic_block(t, w):
    return basic(w, t["x"], w.norm_training, 1, True)


def dense(w, x, layers, norm):
    for _ in range(layers):
        x = torch.cat((x, w.conv(F.relu(norm(x)), padding=1, bias=False)), 1)
    return x


def transition(w, x, norm):
    return F.avg_pool2d(w.conv(F.relu(norm(x)), bias=False), 2)


def densenet(repeats):
    def compute(t, w):
        x = stem(w, t["x"])
        for stage, layers in enumerate(repeats):
            x = dense(w, x, layers, w.norm)
            if stage < 3:
                x = transition(w, x, w.norm)
        return classify(w, F.relu(w.norm(x)))

    return compute


TASKS["architecture/densenet121"] = densenet([6, 12, 24, 16])
TASKS["architecture/densenet201"] = densenet([6, 12, 48, 32])
TASKS["architecture/densenet121_dense_block"] = lambda t, w: dense(w, t["x"], 6, w.norm_training)
TASKS["architecture/densenet121_transition_layer"] = lambda t, w: transition(
    w, t["x"], w.norm_training)


@task("googlenet_inception_module")
def inception_module(t, w):
    return inception(w, t["x"])


def inception(w, x):
    one = w.conv(x)
    three = w.conv(w.conv(x), padding=1)
    five = w.conv(w.conv(x), padding=2)
    return torch.cat((one, three, five, w.conv(F.max_pool2d(x, 3, 1, 1))), 1)


@task("googlenet_inception_v1")
def inception_v1(t, w):
    x = F.max_pool2d(F.relu(w.conv(t["x"], 2, 3)), 3, 2, 1)
    x = F.relu(w.conv(F.relu(w.conv(x)), padding=1))
    for count in (2, 5, 2):
        x = F.max_pool2d(x, 3, 2, 1)
        for _ in range(count):
            x = inception(w, x)
    return classify(w, x)


def fire(w, x):
    few = F.relu(w.conv(x))
    return torch.cat((F.relu(w.conv(few)), F.relu(w.conv(few, padding=1))), 1)


@task("squeeze_net")
def squeeze_net(t, w):
    x = F.relu(w.conv(t["x"], 2))
    for count in (3, 4, 1):
        x = F.max_pool2d(x, 3, 2, ceil_mode=True)
        for _ in range(count):
            x = fire(w, x)
    return F.adaptive_avg_pool2d(F.relu(w.conv(x)), 1).flatten(1)


TASKS["architecture/squeeze_net_fire_module"] = lambda t, w: fire(w, t["x"])


@task("regnet")
def regnet(t, w):
    x = t["x"]
    for _ in range(3):
        for _ in range(2):
            x = F.relu(w.norm(w.conv(x, padding=1)))
        x = F.max_pool2d(x, 2)
    return classify(w, x)


def mb_conv(w, x, norm, kernel, stride, expand, residual):
    y = x
    if expand:
        y = F.relu6(norm(w.conv(y, bias=False)))
    y = F.relu6(norm(w.conv(y, stride, kernel // 2, y.shape[1], bias=False)))
    y = norm(w.conv(y, bias=False))
    return y + x if residual and stride == 1 and y.shape == x.shape else y


def head(w, x, activation=F.relu):
    return classify(w, activation(w.norm(w.conv(x, bias=False))))


def first(w, x, activation=F.relu):
    return activation(w.norm(w.conv(x, 2, 1, bias=False)))


@task("efficientnet_b0")
def efficientnet_b0(t, w):
    x = first(w, t["x"])
    kernels = (3, 3, 3, 5, 5, 3, 3, 5, 5, 5, 5, 5, 3)
    strides = (1, 2, 1, 2, 1, 2, 1, 1, 1, 2, 1, 1, 1)
    # Which blocks keep their number of channels in the published network: its shrunk copies may
    # have equal numbers elsewhere, and the sum follows the numbers that there are.
    for i, (kernel, stride) in enumerate(zip(kernels, strides)):
        x = mb_conv(w, x, w.norm, kernel, stride, i > 0, True)
    return head(w, x)


@task("efficientnet_b1")
def efficientnet_b1(t, w):
    x = first(w, t["x"])
    for stride in (1, 2, 2, 2, 1, 2, 1):
        x = mb_conv(w, x, w.norm, 3, stride, True, False)
    return head(w, x)


@task("efficientnet_b2")
def efficientnet_b2(t, w):
    x = first(w, t["x"])
    for stride in (1, 2, 2, 2, 1):
        x = F.relu(w.norm(w.conv(x, bias=False)))
        x = F.relu(w.norm(w.conv(x, stride, 1, x.shape[1], bias=False)))
        x = F.relu(w.conv(F.adaptive_avg_pool2d(x, 1), bias=False))
        x = torch.sigmoid(w.conv(x, bias=False))
        x = w.norm(w.conv(x, bias=False))
    return head(w, x)


@task("efficientnet_mb_conv")
def efficientnet_mb_conv(t, w):
    return mb_conv(w, t["x"], w.norm_training, 5, 2, True, True)


@task("mobilenet_v1")
def mobilenet_v1(t, w):
    x = first(w, t["x"])
    for stride in (1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1):
        x = F.relu(w.norm(w.conv(x, stride, 1, x.shape[1], bias=False)))
        x = F.relu(w.norm(w.conv(x, bias=False)))
    return classify(w, x)


@task("mobilenet_v2")
def mobilenet_v2(t, w):
    x = first(w, t["x"], F.relu6)
    settings = ((1, 1, False), (2, 2, True), (3, 2, True), (4, 2, True), (3, 1, True), (3, 2, True),
                (1, 1, True))
    for repeats, stride, expand in settings:
        for k in range(repeats):
            x = mb_conv(w, x, w.norm, 3, stride if k == 0 else 1, expand, False)
    return head(w, x, F.relu6)


def shuffle_unit(w, x, norm, outputs):
    y = F.relu(norm(w.conv(x, groups=3, bias=False)))
    y = norm(w.conv(y, padding=1, groups=y.shape[1], bias=False))
    y = F.relu(norm(w.conv(F.channel_shuffle(y, 3), groups=3, bias=False)))
    return y + (x if x.shape[1] == outputs else norm(w.conv(x, bias=False)))


@task("shufflenet")
def shufflenet(t, w):
    x = F.max_pool2d(first(w, t["x"]), 3, 2, 1)
    for repeats in (3, 7, 3):
        for _ in range(repeats):
            # Its weights tell how many channels the unit gives: three grouped convolutions on.
            outputs = w.tensors[w.names[w.at + 10]].shape[0]
            x = shuffle_unit(w, x, w.norm, outputs)
    return head(w, x)


TASKS["architecture/shufflenet_unit"] = lambda t, w: shuffle_unit(
    w, t["x"], w.norm_training, t["outputs"][0][1])


@task("unet_softmax")
def unet(t, w):
    def double(x):
        for _ in range(2):
            x = F.softmax(w.norm_training(w.conv(x, padding=1)), -1)
        return x

    x, levels = t["x"], []
    for _ in range(4):
        levels.append(double(x))
        x = F.max_pool2d(levels[-1], 2)
    x = double(x)
    for level in reversed(levels):
        x = double(torch.cat((F.conv_transpose2d(x, w.take(), w.take(), 2), level), 1))
    return w.conv(x)


def mlp(depth):
    def compute(t, w):
        x = t["x"]
        for _ in range(depth):
            x = F.relu(w.linear(x))
        return w.linear(x)

    return compute


TASKS["architecture/mlp"] = mlp(2)
TASKS["architecture/shallow_wide_mlp"] = mlp(2)
TASKS["architecture/deep_narrow_mlp"] = mlp(16)


def gru(bidirectional, last):
    def compute(t, w):
        hidden = t["h0"].shape[2]
        network = nn.GRU(t["x"].shape[2], hidden, 6, bidirectional=bidirectional).double()
        output, h = w.fill(network)(t["x"], t["h0"])
        return h if last else output

    return compute


TASKS["architecture/gru"] = gru(False, False)
TASKS["architecture/gru_hidden"] = gru(False, True)
TASKS["architecture/gru_birectional"] = gru(True, False)
TASKS["architecture/gru_bidirectional_hidden"] = gru(True, True)


def lstm(bidirectional, wanted):
    def compute(t, w):
        hidden = t["h0"].shape[2]
        network = nn.LSTM(t["x"].shape[2], hidden, 6, batch_first=True,
                          bidirectional=bidirectional).double()
        output, (h, c) = w.fill(network)(t["x"], (t["h0"], t["c0"]))
        if wanted == "output":
            return w.linear(output[:, -1])
        return h if wanted == "h" else c

    return compute


TASKS["architecture/lstm"] = lstm(False, "output")
TASKS["architecture/lstm_bidirectional"] = lstm(True, "output")
TASKS["architecture/lstm_hn"] = lstm(False, "h")
TASKS["architecture/lstm_cn"] = lstm(False, "c")


@task("vanilla_rnn")
def vanilla_rnn(t, w):
    return w.linear(torch.tanh(w.linear(torch.cat((t["x"], t["h0"]), 1))))


@task("vanilla_rnn_hidden")
def vanilla_rnn_hidden(t, w):
    h, joined, out = t["h0"], (w.take(), w.take()), (w.take(), w.take())
    steps = []
    for x in t["x"]:
        h = torch.tanh(F.linear(torch.cat((x, h), 1), *joined))
        steps.append(F.linear(h, *out))
    return torch.stack(steps)


def heads(x, count):
    return x.unflatten(2, (count, -1)).transpose(1, 2)


def causal_attention(w, x, count):
    q, k, v = w.linear(x).chunk(3, 2)
    y = F.scaled_dot_product_attention(
        heads(q, count), heads(k, count), heads(v, count), is_causal=True)
    return w.linear(y.transpose(1, 2).flatten(2))


TASKS["architecture/min_gpt_causal_attention"] = lambda t, w: causal_attention(w, t["x"], 8)


@task("mini_gpt_block")
def mini_gpt_block(t, w):
    x = t["x"] + causal_attention(w, w.layer_norm(t["x"]), 8)
    return x + w.linear(F.gelu(w.linear(w.layer_norm(x)), approximate="tanh"))


@task("relu_self_attention")
def relu_self_attention(t, w):
    q, k, v = (heads(part, 12) for part in w.linear(t["x"]).chunk(3, 2))
    scores = q @ k.transpose(2, 3) / math.sqrt(q.shape[3])
    return (F.relu(scores).tril() @ v).transpose(1, 2).flatten(2)


@task("vision_attention")
def vision_attention(t, w):
    x = t["x"].flatten(2).permute(2, 0, 1)
    attention = w.fill(nn.MultiheadAttention(x.shape[2], 4).double())
    y = w.layer_norm(attention(x, x, x)[0] + x)
    return y.permute(1, 2, 0).reshape(t["x"].shape)


def encoder(w, x, count, hidden, layers, batch_first):
    for _ in range(layers):
        layer = nn.TransformerEncoderLayer(x.shape[2], count, hidden, 0.0, batch_first=batch_first)
        layer = layer.double().train()
        # The task lists attention, first norm, the two layers, second norm.
        attention, norms, linears = layer.self_attn, (layer.norm1, layer.norm2), (
            layer.linear1, layer.linear2)
        for module in (attention, norms[0], *linears, norms[1]):
            w.fill(module)
        x = layer(x)
    return x


@task("vision_transformer")
def vision_transformer(t, w):
    image = t["x"]
    batch = image.shape[0]
    x = image.unfold(2, 16, 16).unfold(3, 16, 16).reshape(batch, -1, 3 * 16 * 16)
    x = w.linear(x)
    x = torch.cat((w.take().expand(batch, -1, -1), x), 1) + w.take()
    hidden = t["linear1.weight"].shape[0]
    x = encoder(w, x, 8, hidden, 6, batch_first=False)
    return w.linear(F.gelu(w.linear(x[:, 0])))


@task("convolutional_vision_transformer")
def convolutional_vision_transformer(t, w):
    x = w.linear(w.conv(t["x"], 4).flatten(1))[:, None]
    x = torch.cat((w.take().expand(x.shape[0], -1, -1), x), 1)
    return w.linear(encoder(w, x, 4, 4 * x.shape[2], 6, batch_first=True)[:, 0])


@task("net_vlad_no_ghost_clusters")
def net_vlad(t, w):
    x = t["x"]
    weight, centres = w.take(), w.take()
    gamma, beta = w.take(), w.take()
    scores = F.batch_norm(x.flatten(0, 1) @ weight, None, None, gamma, beta, training=True)
    a = torch.softmax(scores, 1)[:, : centres.shape[2]].unflatten(0, x.shape[:2])
    y = torch.einsum("bnk,bnd->bdk", a, x) - a.sum(1, keepdim=True) * centres
    return F.normalize(F.normalize(y).flatten(1))


TASKS["architecture/net_vlad_with_ghost_clusters"] = net_vlad


def scan(t, w):
    """The recurrence itself, step by step."""
    x, a, b, c = t["x"], w.take(), w.take(), w.take()
    state = x.new_zeros(x.shape[0], x.shape[2], x.shape[3], b.shape[3])
    steps = []
    for i in range(x.shape[1]):
        state = a[:, i, :, None, None].exp() * state
        state = state + x[:, i, :, :, None] * b[:, i, :, None, :]
        steps.append((state * c[:, i, :, None, :]).sum(-1))
    return torch.stack(steps, 1), state


TASKS["architecture/mamba_return_y"] = lambda t, w: scan(t, w)[0]
TASKS["architecture/mamba_return_final_state"] = lambda t, w: scan(t, w)[1]
