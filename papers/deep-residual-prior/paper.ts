import { atLeast, atMost, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "deep-residual-prior",
  title: "Uncertainty-Aware Unsupervised Image Deblurring with Deep Residual Prior",
  arxiv: "2210.05361",
  submitted: "2022-10-09",
  authors: ["Xiaole Tang", "Xile Zhao", "Jun Liu", "Jianli Wang", "Yuchun Miao", "Tieyong Zeng"],
  authorCount: 6,
  topics: ["vision"],
  summary:
    "You know the blur of a photograph, but only roughly: the motion angle is off by twenty degrees, the optics drifted. Deconvolving with the wrong kernel rings. This method writes the blurry picture as the wrong kernel applied to the sharp image plus a residual image, lets two untrained convolutional networks generate both, adds sparsity and smoothness penalties, and fits everything to that one picture, without training data. On the example that the paper shows, 19.56 dB become 25.66, against 22.75 for a trained method. Be careful with the released code: it keeps the best iterate as judged by the clean image, which nobody has in practice, and a user could not reach the published table. We stop without looking at the truth and ask whether the residual network adds anything to a plain deep image prior; a first probe found about nothing at small sizes.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2210.05361" },
    { label: "Code", url: "https://github.com/xl-tang3/UAUDeblur" },
  ],
  library: "vision",
  claims: [
    {
      id: "kernel-error-hurts",
      statement:
        "Total-variation deconvolution loses at least 2 dB when it is given the inaccurate instead of the true kernel, on at least 6 of 8 image and kernel pairs.",
      reported: null,
      scale: "desk",
      quantity: "count of pairs, out of eight, with a loss of at least 2 dB",
      holdsIf: atLeast(6, 8),
    },
    {
      id: "beats-tv-with-wrong-kernel",
      statement:
        "Given the inaccurate kernel, the method with two networks restores more PSNR on average than total-variation deconvolution with the same kernel.",
      reported: {
        value: 4.83,
        unit: "dB over the hand-crafted semi-blind method (25.66 to 20.83)",
        setting: "image manmade 04",
      },
      scale: "desk",
      quantity: "mean gain in dB over total variation on eight pairs, fixed stopping",
      holdsIf: atLeast(0.01, 8),
    },
    {
      id: "residual-beats-image-prior",
      statement:
        "The residual network raises the PSNR over the same image network fitted without it, for equal iterations, over eight pairs and three seeds.",
      reported: null,
      scale: "desk",
      quantity: "mean paired gain in dB over the deep image prior",
      holdsIf: atLeast(0.01, 24),
    },
    {
      id: "residual-is-found",
      statement:
        "The estimated residual is closer to the true one than a zero image is, with a mean squared error below 99 % of the zero image's.",
      reported: {
        value: 0.027,
        unit: "mean squared error (0.067 and 0.075 for its rivals)",
        setting: "residual of the same shown image",
      },
      scale: "desk",
      quantity: "ratio of mean squared errors, estimated residual to zero residual",
      holdsIf: atMost(0.99, 8),
    },
    {
      id: "robust-to-kernel-error",
      statement:
        "As the given motion angle departs from the true one by 0 to 30 degrees, the PSNR of the method falls less steeply than that of total variation.",
      reported: {
        value: "more robust to kernel error",
        setting: "several kinds of kernel error",
      },
      scale: "desk",
      quantity: "ratio of the slopes of PSNR against angle error, ours to total variation",
      holdsIf: atMost(0.99),
    },
    {
      id: "example-image-psnr",
      statement:
        "On the image that the paper shows, the full networks reach at least 25.6 dB with a stopping rule that never sees the clean image.",
      reported: {
        value: 25.66,
        unit: "dB (blurry 19.56)",
        setting: "image manmade 04, 255 pixels, 2,050 iterations",
      },
      scale: "paper",
      quantity: "PSNR in dB at the fixed stop",
      holdsIf: atLeast(25.6),
    },
  ],
});
