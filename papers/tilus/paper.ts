import { atLeast, atMost, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "tilus",
  title: "Tilus: A Virtual Machine for Arbitrary Low-Precision GPGPU Computation in LLM Serving",
  arxiv: "2504.12984",
  submitted: "2025-04-17",
  authors: [
    "Yaoyao Ding",
    "Bohan Hou",
    "Xiao Zhang",
    "Allan Lin",
    "Tianqi Chen",
    "Cody Yu Hao",
    "Yida Wang",
    "Gennady Pekhimenko",
  ],
  authorCount: 8,
  topics: ["gpu-kernels", "efficient-inference", "language-models"],
  summary:
    "Serving a language model is a fight for bytes, so 3, 5 or 6 bits per weight would be welcome; fast kernels, however, exist for 4 and 8. Tilus programs a whole thread block at once and keeps, as a value one can compose and divide, the rule that says which thread holds which element of a tensor. With it, weights are rearranged offline so that each thread's codes fill whole bytes; at run time bytes are copied plainly and merely viewed as the narrow type. One template then serves every integer and float width from 1 to 8 bits, on average 1.75 times faster than Triton, 2.61 than Ladder, 1.29 than QuantLLM, 1.03 than Marlin. Those four are out of our reach. We test all types and the layout algebra exactly, and on a CPU whether time follows bits.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2504.12984" },
    { label: "Code", url: "https://github.com/NVIDIA/tilus" },
  ],
  library: "low-precision",
  claims: [
    {
      id: "every-type-exact",
      statement:
        "Every code of all 29 integer and float types of 1 to 8 bits decodes to its tabulated value, and every value encodes back to the nearest code.",
      reported: {
        value: "all widths from 1 to 8 bits",
        setting: "integers and floats supported by the virtual machine",
      },
      scale: "paper",
      quantity: "number of codes that decode or encode wrongly",
      holdsIf: atMost(0, 2324),
    },
    {
      id: "layout-algebra-lawful",
      statement:
        "On 10,000 random register layouts, composition is associative and division undoes it.",
      reported: {
        value: "algebraic layout system",
        setting: "composition and division of register layouts",
      },
      scale: "paper",
      quantity: "number of random layouts that break a law",
      holdsIf: atMost(0, 10_000),
    },
    {
      id: "three-bits-faster-than-four",
      statement:
        "A matrix-vector product with 8192 x 8192 weights of 3 bits takes at most 0.95 of the time with 4 bits on a CPU.",
      reported: {
        value: "any width, not only powers of two",
        setting: "weight-only matrix product on GPUs",
      },
      scale: "desk",
      quantity: "time at 3 bits divided by time at 4 bits",
      holdsIf: atMost(0.95),
    },
    {
      id: "six-bits-faster-than-eight",
      statement:
        "The same product with weights of 6 bits takes at most 0.95 of the time with 8 bits.",
      reported: {
        value: "any width, not only powers of two",
        setting: "weight-only matrix product on GPUs",
      },
      scale: "desk",
      quantity: "time at 6 bits divided by time at 8 bits",
      holdsIf: atMost(0.95),
    },
    {
      id: "four-bit-near-streaming-rate",
      statement:
        "With 4-bit weights the product reads memory at no less than half of the measured streaming rate.",
      reported: null,
      scale: "desk",
      quantity: "bytes of weights per second divided by the streaming rate",
      holdsIf: atLeast(0.5),
    },
    {
      id: "rearranged-weights-pay",
      statement:
        "At 3, 5 and 6 bits, weights rearranged for the kernel's layout give a product at least 1.3 times faster than row-major packed weights.",
      reported: {
        value: "no instruction needed to reinterpret",
        setting: "register view of rearranged weights on GPUs",
      },
      scale: "desk",
      quantity: "time with row-major divided by time with rearranged weights, the smallest",
      holdsIf: atLeast(1.3),
    },
    {
      id: "four-bit-beats-half-on-gpu",
      statement:
        "On a GPU, our generated 4-bit kernel multiplies one row by a 4096 x 4096 matrix at least 2.5 times faster than the vendor's half-precision product.",
      reported: null,
      scale: "paper",
      quantity: "time of the half-precision product divided by time of the 4-bit kernel",
      holdsIf: atLeast(2.5),
    },
    {
      id: "faster-than-triton",
      statement:
        "Averaged over the types that Triton supports, Tilus kernels are at least 1.75 times faster than Triton's.",
      reported: {
        value: 1.75,
        unit: "times faster",
        setting: "average over Triton's types; Ladder 2.61, QuantLLM 1.29, Marlin 1.03",
      },
      scale: "paper",
      quantity: "mean ratio of Triton's time to ours",
      holdsIf: atLeast(1.75),
    },
  ],
});
