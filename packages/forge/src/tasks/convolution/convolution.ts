import { sizeOf } from "@daily-kernel/nn/reference";
import { data, layerWeight } from "../../task/argument.ts";
import { defineTask } from "../../task/define-task.ts";
import { convolution, depthwise } from "./layer.ts";

const pair = (n: number) => [n, n];
const cube = (n: number) => [n, n, n];

const separable = defineTask({
  id: "convolution/conv_depthwise_separable_2d",
  title:
    "each channel with its own 3 x 3 kernel (padding 1), then 1 x 1 from channel to channel; no bias",
  dims: { batch: 16, inputs: 64, outputs: 128, height: 512, width: 512 },
  shapes: [
    [1, 1, 1, 1, 1],
    [2, 3, 2, 5, 9],
    [1, 7, 5, 12, 4],
    [3, 4, 9, 8, 11],
  ],
  inputs: (d) => ({
    x: data([d.batch, d.inputs, d.height, d.width]),
    depthwise: layerWeight([d.inputs, 1, 3, 3], 9),
    pointwise: layerWeight([d.outputs, d.inputs, 1, 1], d.inputs),
  }),
  outputs: (d) => ({ y: [d.batch, d.outputs, d.height, d.width] }),
  reference: (ops, [x, own, across], d) =>
    ops.conv(ops.conv(x, own, { padding: 1, groups: d.inputs }), across),
  flops: (d) => 2 * sizeOf([d.batch, d.height, d.width, d.inputs]) * (9 + d.outputs),
});

/** Convolutions; dims are batch, channels in, channels out, sizes. */
export const convolutionTasks = [
  depthwise("conv_depthwise_2d_asymmetric_input_asymmetric_kernel", [32, 128, 128, 256], {
    kernel: [3, 7],
  }),
  depthwise("conv_depthwise_2d_asymmetric_input_square_kernel", [64, 128, 256, 512], {
    kernel: pair(3),
  }),
  depthwise("conv_depthwise_2d_square_input_asymmetric_kernel", [64, 8, 512, 512], {
    kernel: [3, 1],
  }),
  depthwise("conv_depthwise_2d_square_input_square_kernel", [16, 64, 512, 512], {
    kernel: pair(3),
  }),
  separable,
  convolution("conv_pointwise_2d", [16, 64, 128, 1024, 1024], { kernel: pair(1) }),
  convolution("conv_standard_1d", [32, 64, 128, 131072], { kernel: [3] }),
  convolution("conv_standard_1d_dilated_strided", [64, 64, 128, 524280], {
    kernel: [3],
    stride: 3,
    dilation: 4,
  }),
  convolution("conv_standard_2d_asymmetric_input_asymmetric_kernel", [8, 64, 128, 512, 256], {
    kernel: [5, 7],
  }),
  convolution("conv_standard_2d_asymmetric_input_square_kernel", [8, 64, 128, 512, 1024], {
    kernel: pair(3),
  }),
  convolution("conv_standard_2d_square_input_asymmetric_kernel", [8, 32, 64, 512, 512], {
    kernel: [5, 9],
  }),
  convolution(
    "conv_standard_2d_square_input_asymmetric_kernel_dilated_padded",
    [8, 32, 64, 512, 512],
    { kernel: [5, 9], padding: [2, 4], dilation: [2, 3] },
  ),
  convolution("conv_standard_2d_square_input_square_kernel", [256, 3, 96, 224, 224], {
    kernel: pair(11),
    stride: 4,
    padding: 2,
    bias: true,
  }),
  convolution("conv_standard_3d_asymmetric_input_asymmetric_kernel", [8, 3, 64, 16, 128, 128], {
    kernel: [3, 5, 7],
  }),
  convolution(
    "conv_standard_3d_asymmetric_input_square_kernel",
    [16, 3, 64, 256, 256, 10],
    { kernel: [3, 3, 1] },
    ["height", "width", "depth"],
  ),
  convolution("conv_standard_3d_square_input_asymmetric_kernel", [16, 3, 64, 64, 64, 64], {
    kernel: [3, 5, 7],
  }),
  convolution("conv_standard_3d_square_input_square_kernel", [16, 3, 64, 64, 64, 64], {
    kernel: cube(3),
  }),
  convolution("conv_transposed_1d", [64, 128, 128, 65536], { kernel: [3] }),
  convolution(
    "conv_transposed_1d_asymmetric_input_square_kernel_padded_strided_dilated",
    [16, 32, 64, 131072],
    { kernel: [3], stride: 2, padding: 1, dilation: 2 },
  ),
  convolution("conv_transposed_1d_dilated", [32, 32, 64, 131072], { kernel: [5], dilation: 3 }),
  convolution("conv_transposed_2d_asymmetric_input_asymmetric_kernel", [64, 64, 128, 128, 256], {
    kernel: [3, 5],
  }),
  convolution(
    "conv_transposed_2d_asymmetric_input_asymmetric_kernel_padded",
    [8, 32, 32, 512, 1024],
    { kernel: [3, 7], padding: [1, 3] },
  ),
  convolution(
    "conv_transposed_2d_asymmetric_input_asymmetric_kernel_strided_grouped_padded_dilated",
    [16, 32, 64, 128, 256],
    { kernel: [3, 5], stride: [2, 3], padding: [1, 2], dilation: [2, 1], groups: 4 },
  ),
  convolution("conv_transposed_2d_asymmetric_input_square_kernel", [8, 32, 32, 512, 1024], {
    kernel: pair(3),
  }),
  convolution(
    "conv_transposed_2d_asymmetric_input_square_kernel_dilated_padded_strided",
    [16, 32, 64, 64, 128],
    { kernel: pair(3), stride: 5, padding: 1, dilation: 2 },
  ),
  convolution("conv_transposed_2d_square_input_asymmetric_kernel", [8, 64, 64, 512, 512], {
    kernel: [3, 7],
  }),
  convolution("conv_transposed_2d_square_input_square_kernel", [8, 64, 64, 1024, 1024], {
    kernel: pair(3),
  }),
  convolution("conv_transposed_3d_asymmetric_input_asymmetric_kernel", [16, 32, 16, 16, 32, 64], {
    kernel: [3, 5, 7],
  }),
  convolution(
    "conv_transposed_3d_asymmetric_input_asymmetric_kernel_strided_padded_grouped",
    [8, 32, 32, 12, 24, 48],
    { kernel: [3, 5, 7], stride: 2, padding: [1, 2, 3], outputPadding: 1, groups: 4 },
  ),
  convolution("conv_transposed_3d_asymmetric_input_square_kernel", [8, 48, 24, 96, 96, 96], {
    kernel: cube(3),
  }),
  convolution(
    "conv_transposed_3d_asymmetric_input_square_kernel_strided_padded_grouped",
    [4, 32, 32, 32, 64, 128],
    { kernel: cube(3), stride: 2, padding: 1, groups: 4 },
  ),
  convolution("conv_transposed_3d_square_input_asymmetric_kernel", [16, 32, 64, 64, 64, 64], {
    kernel: [3, 5, 5],
  }),
  convolution("conv_transposed_3d_square_input_square_kernel", [8, 48, 48, 64, 64, 64], {
    kernel: cube(3),
  }),
  convolution(
    "conv_transposed_3d_square_input_square_kernel_padded_dilated_strided",
    [16, 32, 64, 16, 32, 32],
    { kernel: cube(3), stride: 2, padding: 1, dilation: 2 },
  ),
];
