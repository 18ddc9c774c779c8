"""The fusion tasks by torch's own functions: y is what the convolution or linear layer gave."""
import torch
import torch.nn.functional as F

TASKS = {}


def geometry(options):
    keys = {"stride": "stride", "padding": "padding", "output_padding": "output_padding"}
    return {keys[k]: v for k, v in options.items() if k in keys}


def family(function, layer):
    def add(name, then, bias=True, before=lambda x: x, **options):
        def compute(t):
            offset = t[layer + ".bias"] if bias else None
            y = function(before(t["x"]), t[layer + ".weight"], offset, **geometry(options))
            return then(y, t)

        TASKS["fusion/" + name] = compute

    return add


def batch(y, t):
    return F.batch_norm(y, None, None, t["batchNorm1.gamma"], t["batchNorm1.beta"], training=True)


def group(y, t, groups):
    return F.group_norm(y, groups, t["groupNorm1.gamma"], t["groupNorm1.beta"])


def layer(y, t):
    return F.layer_norm(y, y.shape[-1:], t["layerNorm1.gamma"], t["layerNorm1.beta"])


def swish(y):
    return F.silu(y)


c2 = family(F.conv2d, "conv1")
c2("conv2d_activation_batch_norm", lambda y, t: batch(y * torch.tanh(F.softplus(y)), t))
c2("conv2d_add_scale_sigmoid_group_norm",
   lambda y, t: group(torch.sigmoid((y + t["bias2"]) * t["scale"]), t, 8))
c2("conv2d_avg_pool_sigmoid_sum", lambda y, t: torch.sigmoid(F.avg_pool2d(y, 4)).sum((1, 2, 3)))
c2("conv2d_batch_norm_scaling", lambda y, t: batch(y, t) * 2)
c2("conv2d_divide_leaky_relu", lambda y, t: F.leaky_relu(y / 2, 0.01))
c2("conv2d_gelu_global_avg_pool",
   lambda y, t: F.adaptive_avg_pool2d(F.gelu(y), 1).flatten(1))
c2("conv2d_group_norm_scale_max_pool_clamp",
   lambda y, t: F.max_pool2d(group(y, t, 16) * t["scale"], 4).clamp(0, 1))
c2("conv2d_group_norm_tanh_hard_swish_residual_add_log_sum_exp",
   lambda y, t: torch.logsumexp(y + F.hardswish(torch.tanh(group(y, t, 16))), 1, keepdim=True))
c2("conv2d_hard_swish_relu", lambda y, t: torch.relu(F.hardswish(y)))
c2("conv2d_instance_norm_divide", lambda y, t: F.instance_norm(y) / 2)
c2("conv2d_min_add_multiply", lambda y, t: (y.clamp(max=0.5) + t["bias2"]) * 2)
c2("conv2d_min_tanh_tanh", lambda y, t: y.amin(1, keepdim=True).tanh().tanh())
c2("conv2d_mish_mish", lambda y, t: F.mish(F.mish(y)))
c2("conv2d_multiply_leaky_relu_gelu", lambda y, t: F.gelu(F.leaky_relu(y * t["factor"])))
c2("conv2d_relu_bias_add", lambda y, t: torch.relu(y) + t["bias2"])
c2("conv2d_relu_hard_swish",
   lambda y, t: torch.relu(y) * ((torch.relu(y) + 3) / 6).clamp(0, 1))
c2("conv2d_scaling_min", lambda y, t: (y * 2).amin(1, keepdim=True))
c2("conv2d_subtract_hard_swish_max_pool_mish",
   lambda y, t: F.mish(F.max_pool2d(F.hardswish(y - 0.5), 2)))
c2("conv2d_subtract_subtract_mish", lambda y, t: F.mish(y - 0.5 - 0.2))
c2("conv2d_subtract_tanh_subtract_avg_pool",
   lambda y, t: F.avg_pool2d(torch.tanh(y - 0.5) - 0.2, 2))
c2("conv2d_tanh_scaling_bias_add_max",
   lambda y, t: F.max_pool2d(torch.tanh(y) * 2 + t["bias2"], 4))

c3 = family(F.conv3d, "conv1")
c3("conv3d_divide_max_global_avg_pool_bias_add_sum",
   lambda y, t: (F.adaptive_avg_pool3d(F.max_pool3d(y / 2, 2), 1) + t["bias2"]).sum(1))
c3("conv3d_group_norm_mean", lambda y, t: group(y, t, 8).mean((1, 2, 3, 4)))
c3("conv3d_group_norm_min_clamp_dropout",
   lambda y, t: F.dropout(group(y, t, 8).clamp(max=0).clamp(0, 1), 0.2, training=False))
c3("conv3d_hardswish_relu_softmax_mean",
   lambda y, t: group(F.hardswish(y), t, 4).mean((2, 3, 4)))
c3("conv3d_leaky_relu_sum_clamp_gelu",
   lambda y, t: F.gelu((F.leaky_relu(y, 0.2) + t["bias2"]).clamp(-1, 1)))
c3("conv3d_max_log_sum_exp_relu",
   lambda y, t: torch.relu(torch.logsumexp(F.max_pool3d(y, 2), 1, keepdim=True)), padding=1)
c3("conv3d_min_softmax", lambda y, t: torch.softmax(y.amin(2), 1))
c3("conv3d_mish_tanh", lambda y, t: torch.tanh(F.mish(y)))
c3("conv3d_multiply_instance_norm_clamp_multiply_max",
   lambda y, t: (F.instance_norm(y * t["factor"]).clamp(-1, 1) * t["factor"]).amax(1))
c3("conv3d_relu_leaky_relu_gelu_sigmoid_bias_add",
   lambda y, t: torch.sigmoid(F.gelu(F.leaky_relu(torch.relu(y), 0.01))) + t["bias2"])
c3("conv3d_scaling_tanh_multiply_sigmoid",
   lambda y, t: torch.sigmoid(torch.tanh(y * t["scale"]) * t["bias2"]))
c3("conv3d_softmax_max_pool_max_pool",
   lambda y, t: F.max_pool3d(F.max_pool3d(torch.softmax(y, 1), 2), 2))

t2 = family(F.conv_transpose2d, "convTranspose1")
DOUBLING = {"stride": 2, "padding": 1, "output_padding": 1}
t2("conv_transpose2d_add_min_gelu_multiply",
   lambda y, t: F.gelu((y + 0.5).clamp(max=0)) * 2, stride=2)
t2("conv_transpose2d_bias_add_clamp_scaling_clamp_divide",
   lambda y, t: ((y + t["bias2"]).clamp(0, 1) * 2).clamp(0, 1) / 2, **DOUBLING)
t2("conv_transpose2d_gelu_group_norm", lambda y, t: group(F.gelu(y), t, 8))
t2("conv_transpose2d_max_pool_hardtanh_mean_tanh",
   lambda y, t: F.hardtanh(F.max_pool2d(y, 2)).mean((2, 3), keepdim=True).tanh(), padding=1)
t2("conv_transpose2d_min_sum_gelu_add",
   lambda y, t: F.gelu(y.amin(1, keepdim=True).sum(2, keepdim=True)) + t["bias2"], **DOUBLING)
t2("conv_transpose2d_mish_add_hardtanh_scaling",
   lambda y, t: F.hardtanh(F.mish(y) + 0.5) * 2, **DOUBLING)
t2("conv_transpose2d_multiply_global_avg_pool_global_avg_pool_mean",
   lambda y, t: F.adaptive_avg_pool2d(F.adaptive_avg_pool2d(y * 0.5, 1), 1), **DOUBLING)
t2("conv_transpose2d_subtract_tanh", lambda y, t: torch.tanh(y - t["bias2"]), **DOUBLING)
t2("convtranspose2d_batchnorm_tanh_maxpool_groupnorm",
   lambda y, t: group(F.max_pool2d(torch.tanh(batch(y, t)), 2), t, 8), padding=1)
t2("convtranspose2d_globalavgpool_biasadd_logsumexp_sum_multiply",
   lambda y, t: torch.logsumexp(y.mean((2, 3), keepdim=True) + t["bias2"], 1, keepdim=True)
   .sum((2, 3)) * 10)
t2("convtranspose2d_softmax_biasadd_scaling_sigmoid",
   lambda y, t: torch.sigmoid((torch.softmax(y, 1) + t["bias2"]) * 2), **DOUBLING)

t3 = family(F.conv_transpose3d, "convTranspose1")
STRIDED = {"stride": 2, "padding": 1}
t3("conv_transpose3d_add_hard_swish",
   lambda y, t: (y + t["addend"]) * F.hardswish(y + t["addend"]), **DOUBLING)
t3("conv_transpose3d_avg_pool_clamp_softmax_multiply",
   lambda y, t: torch.softmax(y.clamp(0, 1).flatten(2), 2).view(y.shape) * t["scale"],
   before=lambda x: F.avg_pool3d(x, 2), **DOUBLING)
t3("conv_transpose3d_batch_norm_avg_pool_avg_pool",
   lambda y, t: F.avg_pool3d(F.avg_pool3d(batch(y, t), 2), 2), **STRIDED)
t3("conv_transpose3d_batch_norm_subtract",
   lambda y, t: batch(y, t) - batch(y, t).mean((2, 3, 4), keepdim=True), **STRIDED)
t3("conv_transpose3d_clamp_min_divide", lambda y, t: y.clamp(min=-1) / 2, **STRIDED)
t3("conv_transpose3d_layer_norm_gelu_scaling", lambda y, t: F.gelu(layer(y, t)), **STRIDED)
t3("conv_transpose3d_leaky_relu_multiply_leaky_relu_max",
   lambda y, t: F.max_pool3d(F.leaky_relu(F.leaky_relu(y, 0.2) * t["factor"], 0.2), 2), **DOUBLING)


def gated(y, t):
    y = torch.logsumexp(y, 1, keepdim=True)
    return (y * torch.sigmoid(y + 3) / 6 - t["bias2"]).clamp(-1, 1)


t3("conv_transpose3d_log_sum_exp_hard_swish_subtract_clamp_max", gated, **STRIDED)
t3("conv_transpose3d_max_max_sum",
   lambda y, t: F.max_pool3d(F.max_pool3d(y, 2), 3).sum(1, keepdim=True), stride=2, padding=2)
t3("conv_transpose3d_max_pool_softmax_subtract_swish_max",
   lambda y, t: swish(torch.softmax(F.max_pool3d(y, 2), 1) - t["bias2"]).amax(1), **DOUBLING)
t3("conv_transpose3d_multiply_max_global_avg_pool_clamp",
   lambda y, t: F.adaptive_avg_pool3d(F.max_pool3d(y * 0.5, 2), 1).clamp(0, 1), **STRIDED)
t3("conv_transpose3d_scale_batch_norm_global_avg_pool",
   lambda y, t: F.adaptive_avg_pool3d(batch(y * 2, t), 1))
t3("conv_transpose3d_scaling_avg_pool_bias_add_scaling",
   lambda y, t: (F.avg_pool3d(y * t["scale1"], 2) + t["bias2"]) * t["scale2"], **STRIDED)
t3("conv_transpose3d_softmax_sigmoid", lambda y, t: torch.sigmoid(torch.softmax(y, 1)), **DOUBLING)
t3("conv_transpose3d_sum_layer_norm_avg_pool_gelu",
   lambda y, t: F.gelu(F.avg_pool3d(layer(y + t["addend"], t), 2)), **DOUBLING)
t3("conv_transpose3d_sum_residual_add_multiply_residual_add",
   lambda y, t: (y + t["bias2"] + y) * y + y, **DOUBLING)
t3("conv_transpose3d_swish_group_norm_hard_swish",
   lambda y, t: F.hardswish(group(swish(y), t, 4)), **STRIDED)
t3("convtranspose3d_mean_add_softmax_tanh_scaling",
   lambda y, t: torch.softmax(y.mean(2, keepdim=True) + t["bias2"], 1).tanh() * 2, padding=1)
t3("convtranspose3d_relu_groupnorm", lambda y, t: group(torch.relu(y), t, 8), bias=False)

li = family(F.linear, "linear1")


def rows_normal(y, t):
    normal = F.instance_norm(y[:, None, None, :])[:, 0, 0, :]
    return (normal + t["y"]) * t["y"]


li("bmm_instance_norm_sum_residual_add_multiply", rows_normal)
li("gemm_add_relu", lambda y, t: torch.relu(y + t["bias"]), bias=False)
li("gemm_batch_norm_gelu_group_norm_mean_relu", lambda y, t: torch.relu(F.gelu(batch(y, t))))
li("gemm_batch_norm_scaling_softmax", lambda y, t: torch.softmax(t["scale"] * batch(y, t), 1))
li("gemm_bias_add_hardtanh_mish_group_norm",
   lambda y, t: group(F.mish(F.hardtanh(y + t["bias2"])), t, y.shape[1] // 32))
li("gemm_divide_sum_scaling", lambda y, t: (y / 2).sum(1, keepdim=True) * 1.5, bias=False)
li("gemm_group_norm_hardtanh", lambda y, t: F.hardtanh(group(y, t, 16), -2, 2))
li("gemm_group_norm_min_bias_add",
   lambda y, t: group(y, t, y.shape[1] // 16).amin(1, keepdim=True) + t["bias2"])
li("gemm_group_norm_swish_multiply_swish",
   lambda y, t: swish(swish(group(y, t, y.shape[1] // 32)) * t["factor"]))
li("gemm_log_sum_exp_leaky_relu_leaky_relu_gelu_gelu",
   lambda y, t: F.gelu(F.gelu(F.leaky_relu(F.leaky_relu(torch.logsumexp(y, 1, keepdim=True))))))
li("gemm_max_subtract_gelu",
   lambda y, t: F.gelu(y.amax(1, keepdim=True) - y.amax(1, keepdim=True).mean(1, keepdim=True)))
li("gemm_multiply_leakyrelu", lambda y, t: F.leaky_relu(y * 2, 0.1))
li("gemm_relu_divide", lambda y, t: torch.relu(y) / 2)
li("gemm_scale_batch_norm", lambda y, t: batch(y * t["scale"], t))
li("gemm_scale_batchnorm", lambda y, t: batch(y * t["scale"], t))
li("gemm_scaling_hard_tanh_gelu", lambda y, t: F.gelu(F.hardtanh(y * 0.5, -2, 2)))
li("gemm_sigmoid_scaling_residual_add", lambda y, t: torch.sigmoid(y) * 2 + y)
li("gemm_sigmoid_sum_log_sum_exp",
   lambda y, t: torch.logsumexp(
       F.linear(torch.sigmoid(y), t["linear2.weight"], t["linear2.bias"]), 1))
li("gemm_subtract_global_avg_pool_log_sum_exp_gelu_residual_add",
   lambda y, t: F.gelu(torch.logsumexp((y - t["subtract"]).mean(1, keepdim=True), 1, keepdim=True))
   + t["x"])
li("gemm_swish_divide_clamp_tanh_clamp",
   lambda y, t: torch.tanh((swish(y) / 2).clamp(-1, 1)).clamp(-1, 1))
li("matmul_add_swish_tanh_gelu_hardtanh",
   lambda y, t: F.hardtanh(F.gelu(torch.tanh(swish(y + t["addend"])))))
li("matmul_avg_pool_gelu_scale_max",
   lambda y, t: (F.gelu(F.avg_pool1d(y[:, None], 16)[:, 0]) * 2).amax(1))
li("matmul_batch_norm_bias_add_divide_swish", lambda y, t: swish(batch(y, t) + t["bias2"]))
li("matmul_divide_gelu", lambda y, t: F.gelu(y / 10))
li("matmul_dropout_mean_softmax",
   lambda y, t: torch.softmax(F.dropout(y, 0.2, training=False), 1))
li("matmul_gelu_softmax", lambda y, t: torch.softmax(F.gelu(y), 1))
li("matmul_group_norm_leaky_relu_sum",
   lambda y, t: 2 * F.leaky_relu(group(y, t, y.shape[1] // 16), 0.01))
li("matmul_max_pool_sum_scale",
   lambda y, t: F.max_pool1d(y[:, None], 2)[:, 0].sum(1) * 0.5)
li("matmul_min_subtract", lambda y, t: torch.minimum(y, t["constant"]) - t["constant"])
li("matmul_mish_mish", lambda y, t: F.mish(F.mish(y)))


def clamped(y, t):
    y = torch.logsumexp((y * 2 + y * 2).clamp(-10, 10), 1, keepdim=True)
    return y * F.mish(y)


li("matmul_scale_residual_add_clamp_log_sum_exp_mish", clamped)
li("matmul_scaling_residual_add", lambda y, t: y * 0.5 + y)
li("matmul_sigmoid_sum", lambda y, t: torch.sigmoid(y).sum(1, keepdim=True))
li("matmul_subtract_multiply_relu", lambda y, t: torch.relu((y - 2) * 1.5))


def one_sum(y, t):
    y = y.sum(1, keepdim=True).amax(1, keepdim=True).mean(1, keepdim=True)
    return torch.logsumexp(torch.logsumexp(y, 1, keepdim=True), 1, keepdim=True)


li("matmul_sum_max_avg_pool_log_sum_exp_log_sum_exp", one_sum)
li("matmul_swish_scaling", lambda y, t: swish(y) * 2)
li("matmul_swish_sum_group_norm",
   lambda y, t: group(swish(y) + t["bias2"], t, y.shape[1] // 64))
