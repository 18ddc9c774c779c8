"""The tasks of single operations by torch's own functions, from their inputs in order."""
import torch
import torch.nn.functional as F

TASKS = {}


def add(category, **tasks):
    for name, function in tasks.items():
        TASKS[f"{category}/{name}"] = function


def plain(function, *args, **options):
    """A function of the inputs alone."""
    return lambda inputs, outputs: function(*inputs, *args, **options)


def of(function):
    return lambda inputs, outputs: function(*inputs)


add(
    "activation",
    elu=plain(F.elu),
    gelu=plain(F.gelu),
    hardsigmoid=plain(F.hardsigmoid),
    hardtanh=plain(F.hardtanh),
    leaky_relu=plain(F.leaky_relu),
    log_softmax=plain(F.log_softmax, 1),
    min_gpt_new_gelu=plain(F.gelu, approximate="tanh"),
    relu=plain(F.relu),
    selu=plain(F.selu),
    sigmoid=plain(torch.sigmoid),
    softmax=plain(F.softmax, 1),
    softplus=plain(F.softplus),
    softsign=plain(F.softsign),
    swish=plain(F.silu),
    tanh=plain(torch.tanh),
)

add(
    "broadcast",
    add_bias_broadcast=plain(torch.add),
    add_bias_four_dim_broadcast=of(lambda x, b: x + b.view(1, -1, 1, 1)),
    clamp_broadcast=of(torch.clamp),
    division_broadcast=plain(torch.div),
    elmentwise_mul_broadcast=plain(torch.mul),
    logic_and_broadcast=plain(torch.logical_and),
    max_broadcast=plain(torch.maximum),
    power_broadcast=plain(torch.pow),
    subtract_with_bias_broadcast=plain(torch.sub),
    where_broadcast=plain(torch.where),
)

CONV = {3: F.conv1d, 4: F.conv2d, 5: F.conv3d}
TRANSPOSED = {3: F.conv_transpose1d, 4: F.conv_transpose2d, 5: F.conv_transpose3d}


def conv(**options):
    return lambda inputs, outputs: CONV[inputs[0].dim()](*inputs, **options)


def depthwise(**options):
    return lambda inputs, outputs: F.conv2d(*inputs, groups=inputs[0].shape[1], **options)


def transposed(**options):
    return lambda inputs, outputs: TRANSPOSED[inputs[0].dim()](*inputs, **options)


def separable(inputs, outputs):
    x, first, second = inputs
    return F.conv2d(F.conv2d(x, first, padding=1, groups=x.shape[1]), second)


add(
    "convolution",
    conv_depthwise_2d_asymmetric_input_asymmetric_kernel=depthwise(),
    conv_depthwise_2d_asymmetric_input_square_kernel=depthwise(),
    conv_depthwise_2d_square_input_asymmetric_kernel=depthwise(),
    conv_depthwise_2d_square_input_square_kernel=depthwise(),
    conv_depthwise_separable_2d=separable,
    conv_pointwise_2d=conv(),
    conv_standard_1d=conv(),
    conv_standard_1d_dilated_strided=conv(stride=3, dilation=4),
    conv_standard_2d_asymmetric_input_asymmetric_kernel=conv(),
    conv_standard_2d_asymmetric_input_square_kernel=conv(),
    conv_standard_2d_square_input_asymmetric_kernel=conv(),
    conv_standard_2d_square_input_asymmetric_kernel_dilated_padded=conv(
        padding=(2, 4), dilation=(2, 3)),
    conv_standard_2d_square_input_square_kernel=conv(stride=4, padding=2),
    conv_standard_3d_asymmetric_input_asymmetric_kernel=conv(),
    conv_standard_3d_asymmetric_input_square_kernel=conv(),
    conv_standard_3d_square_input_asymmetric_kernel=conv(),
    conv_standard_3d_square_input_square_kernel=conv(),
    conv_transposed_1d=transposed(),
    conv_transposed_1d_asymmetric_input_square_kernel_padded_strided_dilated=transposed(
        stride=2, padding=1, dilation=2),
    conv_transposed_1d_dilated=transposed(dilation=3),
    conv_transposed_2d_asymmetric_input_asymmetric_kernel=transposed(),
    conv_transposed_2d_asymmetric_input_asymmetric_kernel_padded=transposed(padding=(1, 3)),
    conv_transposed_2d_asymmetric_input_asymmetric_kernel_strided_grouped_padded_dilated=transposed(
        stride=(2, 3), padding=(1, 2), dilation=(2, 1), groups=4),
    conv_transposed_2d_asymmetric_input_square_kernel=transposed(),
    conv_transposed_2d_asymmetric_input_square_kernel_dilated_padded_strided=transposed(
        stride=5, padding=1, dilation=2),
    conv_transposed_2d_square_input_asymmetric_kernel=transposed(),
    conv_transposed_2d_square_input_square_kernel=transposed(),
    conv_transposed_3d_asymmetric_input_asymmetric_kernel=transposed(),
    conv_transposed_3d_asymmetric_input_asymmetric_kernel_strided_padded_grouped=transposed(
        stride=2, padding=(1, 2, 3), output_padding=1, groups=4),
    conv_transposed_3d_asymmetric_input_square_kernel=transposed(),
    conv_transposed_3d_asymmetric_input_square_kernel_strided_padded_grouped=transposed(
        stride=2, padding=1, groups=4),
    conv_transposed_3d_square_input_asymmetric_kernel=transposed(),
    conv_transposed_3d_square_input_square_kernel=transposed(),
    conv_transposed_3d_square_input_square_kernel_padded_dilated_strided=transposed(
        stride=2, padding=1, dilation=2),
)


def index_put(x, index, value):
    y = x.clone()
    y[index] = value
    return y


add(
    "index",
    argmax_over_a_dimension=plain(torch.argmax, 1),
    argmin_over_a_dimension=plain(torch.argmin, 1),
    embedding=plain(F.embedding),
    gather=of(lambda x, index: torch.gather(x, 1, index)),
    index_add=of(lambda x, index, values: torch.index_add(x, 0, index, values)),
    index_copy=of(lambda x, index, source: torch.index_copy(x, 0, index, source)),
    index_select=of(lambda x, index: torch.index_select(x, 1, index)),
    inplace_update=of(index_put),
    masked_fill=of(lambda x, mask: x.masked_fill(mask, float("-inf"))),
    scatter=of(lambda x, index, updates: x.scatter(1, index, updates)),
    scatter_add=of(lambda x, index, updates: x.scatter_add(1, index, updates)),
    take_along_dim=of(lambda x, index: torch.take_along_dim(x, index, dim=1)),
)

add(
    "loss",
    cosine_similarity_loss=of(lambda p, t: (1 - F.cosine_similarity(p, t, dim=1)).mean()),
    cross_entropy_loss=plain(F.cross_entropy),
    hinge_loss=of(lambda p, t: (1 - p * t).clamp(min=0).mean()),
    huber_loss=plain(F.smooth_l1_loss),
    kl_div_loss=of(lambda p, t: F.kl_div(p.log(), t, reduction="batchmean")),
    mse_loss=plain(F.mse_loss),
    triplet_margin_loss=plain(F.triplet_margin_loss, margin=1.0),
)

add(
    "math",
    cumprod=plain(torch.cumprod, dim=1),
    cumsum=plain(torch.cumsum, dim=1),
    cumsum_exclusive=of(lambda x: x.cumsum(1).roll(1, 1) * (torch.arange(x.shape[1]) > 0)),
    cumsum_reverse=of(lambda x: x.flip(1).cumsum(1).flip(1)),
    masked_cumsum=of(lambda x, mask: torch.where(mask, x, torch.zeros_like(x)).cumsum(1)),
    matrix_scalar_multiplication=plain(torch.mul),
)

add(
    "matmul",
    batched_matrix_multiplication=plain(torch.bmm),
    four_dim_tensor_matrix_multiplication=of(lambda a, b: torch.einsum("bijl,lk->bijk", a, b)),
    matmul_for_lower_triangular_matrices=of(lambda a, b: (a @ b).tril()),
    matmul_for_symmetric_matrices=plain(torch.matmul),
    matmul_for_upper_triangular_matrices=of(lambda a, b: (a @ b).triu()),
    matmul_with_diagonal_matrices=of(lambda a, b: torch.diag(a) @ b),
    matmul_with_irregular_shapes=plain(torch.matmul),
    matmul_with_large_k_dimension=plain(torch.matmul),
    matmul_with_small_k_dimension=plain(torch.matmul),
    matmul_with_transposed_a=of(lambda a, b: a.t() @ b),
    matmul_with_transposed_b=of(lambda a, b: a @ b.t()),
    matmul_with_transposed_both=of(lambda a, b: a.t() @ b.t()),
    matrix_vector_multiplication=plain(torch.matmul),
    square_matrix_multiplication=plain(torch.matmul),
    standard_matrix_multiplication=plain(torch.matmul),
    tall_skinny_matrix_multiplication=plain(torch.matmul),
    three_dim_tensor_matrix_multiplication=plain(torch.matmul),
)

add(
    "normalization",
    batch_norm=of(lambda x, *w: F.batch_norm(x, None, None, *w, training=True)),
    frobenius_norm=of(lambda x: x / torch.linalg.vector_norm(x)),
    group_norm=of(lambda x, *w: F.group_norm(x, 8, *w)),
    instance_norm=of(lambda x, *w: F.instance_norm(x)),
    l1_norm=of(lambda x: x / x.abs().mean(1, keepdim=True)),
    l2_norm=of(lambda x: x / torch.linalg.vector_norm(x, dim=1, keepdim=True)),
    layer_norm=of(lambda x, *w: F.layer_norm(x, x.shape[1:], *w)),
    rms_norm=of(lambda x: x * torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-5)),
)


def adagrad(param, grad, accum):
    accum = accum + grad ** 2
    return param - 1e-2 * grad / (accum.sqrt() + 1e-10), accum


def adam(param, grad, m, v):
    m, v = m.lerp(grad, 0.1), v.lerp(grad ** 2, 1e-3)
    return param - 1e-3 * (m / (1 - 0.9)) / ((v / (1 - 0.999)).sqrt() + 1e-8), m, v


def lamb(param, m, v):
    step = m / (v.sqrt() + 1e-6)
    return param - 1e-3 * param.norm() / (step.norm() + 1e-6) * step


def rmsprop(param, grad, v):
    v = v.lerp(grad ** 2, 0.01)
    return param - 1e-3 * grad / (v.sqrt() + 1e-8), v


def sgd(param, grad, velocity):
    velocity = 0.9 * velocity + grad
    return param - 1e-2 * velocity, velocity


def first_outputs(function):
    """As many of the updated arrays as the task asks for."""

    def compute(inputs, outputs):
        result = function(*inputs)
        return result[: len(outputs)] if isinstance(result, tuple) else result

    return compute


for update in (adagrad, adam, lamb, rmsprop, sgd):
    TASKS["optimizer/" + update.__name__] = first_outputs(update)

add(
    "pooling",
    average_pooling_1d=plain(F.avg_pool1d, 8, 1, 4),
    average_pooling_2d=plain(F.avg_pool2d, 11),
    average_pooling_3d=plain(F.avg_pool3d, 3, 2, 1),
    max_pooling_1d=plain(F.max_pool1d, 8, 1, 4),
    max_pooling_2d=plain(F.max_pool2d, 4, 1, 1),
    max_pooling_3d=plain(F.max_pool3d, 3, 2, 1),
)

add(
    "reduce",
    max_reduction_over_a_dimension=of(lambda x: x.amax(1)),
    mean_reduction_over_a_dimension=of(lambda x: x.mean(1)),
    min_reduction_over_a_dimension=of(lambda x: x.amin(1)),
    product_reduction_over_a_dimension=of(lambda x: x.prod(1)),
    sum_reduction_over_a_dimension=of(lambda x: x.sum(1, keepdim=True)),
)


def resize(mode, **options):
    """To the size that the task's output has."""
    return lambda inputs, outputs: F.interpolate(
        inputs[0], size=outputs[0][2:], mode=mode, **options)


def sample(x, grid):
    return F.grid_sample(x, grid, mode="bilinear", align_corners=False)


def affine(x, theta):
    return sample(x, F.affine_grid(theta, x.shape, align_corners=False))


def doubled_affine(x, theta):
    return affine(F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False), theta)


add(
    "resize",
    bicubic_upsample=resize("bicubic", align_corners=True),
    bilinear_upsample=resize("bilinear", align_corners=False),
    downsample_bilinear=resize("bilinear", align_corners=False),
    grid_sample_affine=of(affine),
    grid_sample_random_warp=of(sample),
    interpolate_dynamic=resize("bilinear", align_corners=False),
    nearest_neighbor_upsample=resize("nearest"),
    resize_with_antialias=resize("bilinear", align_corners=False, antialias=True),
    trilinear_upsample=resize("trilinear", align_corners=True),
    upsample_grid_sample=of(doubled_affine),
)
