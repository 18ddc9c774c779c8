import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "wide-cnn-kernels",
  title: "What Can Be Learnt With Wide Convolutional Neural Networks?",
  arxiv: "2208.01003",
  submitted: "2022-08-01",
  authors: ["Francesco Cagnetta", "Alessandro Favero", "Matthieu Wyart"],
  authorCount: 3,
  topics: ["neural-tangent-kernels", "kernel-methods"],
  summary:
    "Learning a generic function of $d$ variables needs data without end. Images must be special, and one guess is locality. The authors take infinitely wide convolutional nets whose filters tile the input like a tree and find the spectrum of their kernel: eigenfunctions belong to patches, and those of a small patch decay as if the input had only that patch's dimension. So a target that reads one patch is learnt at the rate $n^{-2\\nu/d_{\\mathrm{eff}}}$ of the patch, untold where to look, while the output of a random deep net of the same kind stays cursed by $d$. The main data are synthetic, filters do not overlap, nothing is pooled, and fitted exponents are treacherous at small $n$. So we compare whole learning curves with a prediction for finite $n$, and a fully connected kernel as control.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2208.01003" },
    { label: "Code", url: "https://github.com/pcsl-epfl/convolutional_neural_kernels" },
  ],
  library: "neural-kernels",
  claims: [
    {
      id: "spectrum-exponents",
      statement:
        "With two levels of filters of size 2, the eigenvalues of both kernels (NTK and NNGP) decay in the one-patch and the joint sector with exponents within 0.12 of the theory.",
      reported: {
        value: "-2 nu - d_eff",
        unit: "exponent",
        setting: "theorem, every sector; nu = 1/2 for the NTK and 3/2 for the NNGP of ReLU",
      },
      scale: "paper",
      quantity: "largest |fitted - predicted| exponent of four, even modes",
      holdsIf: atMost(0.12, 4),
    },
    {
      id: "local-curve-predicted",
      statement:
        "For a target on the first patch, the measured test error lies within 6 % of the finite-sample prediction at every size from 64 up.",
      reported: null,
      scale: "desk",
      quantity: "largest |measured - predicted| / predicted error over sample sizes, in %",
      holdsIf: atMost(6, 40),
    },
    {
      id: "full-curve-predicted",
      statement:
        "For a target on the full input, the measured test error lies within 10 % of the finite-sample prediction at every size from 64 up.",
      reported: null,
      scale: "desk",
      quantity: "largest |measured - predicted| / predicted error over sample sizes, in %",
      holdsIf: atMost(10, 40),
    },
    {
      id: "local-target-learnt-faster",
      statement:
        "On a target that reads one patch, the error of the convolutional kernel falls with an exponent at least 0.2 steeper than that of a fully connected kernel.",
      reported: {
        value: "rate of the patch's effective dimension",
        setting: "theorem and figure, target on one patch",
      },
      scale: "desk",
      quantity: "log-log slope of the convolutional error minus that of the fully connected one",
      holdsIf: atMost(-0.2),
    },
    {
      id: "no-gain-on-full-target",
      statement:
        "On a target that reads the whole input, the exponents of the two kernels differ by at most 0.08.",
      reported: {
        value: "rate of the input dimension",
        setting: "theorem and figure, target on the full input",
      },
      scale: "desk",
      quantity: "log-log slope of the convolutional error minus that of the fully connected one",
      holdsIf: between(-0.08, 0.08),
    },
    {
      id: "three-times-lower-error",
      statement:
        "With 2,048 samples of a local target, the error of the fully connected kernel is at least 3 times that of the convolutional one.",
      reported: null,
      scale: "desk",
      quantity: "test error of the fully connected kernel divided by the convolutional one's",
      holdsIf: atLeast(3),
    },
    {
      id: "deep-teacher-cursed",
      statement:
        "When the teacher is a random net of the same kind, doubling the input dimension from 4 to 8 multiplies the exponent of the error by 0.4 to 0.7.",
      reported: {
        value: "exponent inversely proportional to the dimension",
        setting: "random deep teacher, not learnable in high dimension",
      },
      scale: "desk",
      quantity: "log-log slope of the error at dimension 8 divided by the slope at dimension 4",
      holdsIf: between(0.4, 0.7),
    },
  ],
});
