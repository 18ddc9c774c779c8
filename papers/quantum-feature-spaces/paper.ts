import { atLeast, atMost, between, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "quantum-feature-spaces",
  title: "Supervised learning with quantum enhanced feature spaces",
  arxiv: "1804.11326",
  submitted: "2018-04-30",
  authors: [
    "Vojtech Havlicek",
    "Antonio D. Córcoles",
    "Kristan Temme",
    "Aram W. Harrow",
    "Abhinav Kandala",
    "Jerry M. Chow",
    "Jay M. Gambetta",
  ],
  authorCount: 7,
  topics: ["quantum", "kernel-methods"],
  summary:
    "Encode a data point $x$ in the phases of a small quantum circuit, twice with Hadamard gates between, and let the overlap $|\\langle\\phi(x)|\\phi(z)\\rangle|^2$ be a kernel. A device estimates it by running one circuit forwards and the other backwards and counting how often all bits return to zero; an ordinary support vector machine does the rest. A second method trains a shallow circuit and reads the parity. On two superconducting qubits, with 20 training points per class, both separate artificial data, up to 100 %. The catch is in the data: the labels come from the same feature map, so success tests the implementation, not usefulness, and hardness for classical computers is a conjecture. We simulate the circuits exactly, add shot noise, compare with a tuned Gaussian kernel, and include iris, where no advantage should be expected.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/1804.11326" },
    { label: "Nature 567 (2019)", url: "https://doi.org/10.1038/s41586-019-0980-2" },
    {
      label: "Later library by others (qiskit-machine-learning)",
      url: "https://github.com/qiskit-community/qiskit-machine-learning",
    },
  ],
  library: "quantum",
  claims: [
    {
      id: "kernel-matches-dense-algebra",
      statement:
        "The fidelity kernel computed with phases and fast Hadamard transforms agrees with dense Kronecker-product algebra to 1e-12.",
      reported: null,
      scale: "desk",
      quantity: "largest |fast - dense| kernel entry",
      holdsIf: atMost(1e-12),
    },
    {
      id: "kernel-machine-separates",
      statement:
        "On three artificial two-qubit data sets with 20 training points per class, a support vector machine with the exact quantum kernel classifies test points with at least 97.5 % accuracy each.",
      reported: {
        value: "100, 100 and 94.75",
        unit: "% test accuracy",
        setting:
          "two superconducting qubits, three data sets, mean over ten test sets for the last",
      },
      scale: "desk",
      quantity: "lowest test accuracy of three data sets, in %",
      holdsIf: atLeast(97.5, 40),
    },
    {
      id: "gaussian-kernel-fails-here",
      statement:
        "On the same data sets, a support vector machine with a Gaussian kernel chosen by grid search reaches at most 85 % test accuracy.",
      reported: null,
      scale: "desk",
      quantity: "highest test accuracy of three data sets, in %",
      holdsIf: atMost(85, 40),
    },
    {
      id: "shot-noise-is-binomial",
      statement:
        "The variance of a kernel entry estimated from R simulated shots equals K(1 - K) / R to within 10 %.",
      reported: null,
      scale: "simulated",
      quantity: "observed variance of the estimate divided by K(1 - K) / R",
      holdsIf: between(0.9, 1.1, 1000),
    },
    {
      id: "shot-estimates-are-unbiased",
      statement:
        "The mean of many kernel entries estimated from simulated shots lies within four standard errors of the exact one.",
      reported: null,
      scale: "simulated",
      quantity: "distance of the means in standard errors",
      holdsIf: atMost(4, 1000),
    },
    {
      id: "few-shots-suffice",
      statement:
        "With only 50 simulated shots per kernel entry, three orders of magnitude fewer, the mean test accuracy over three data sets stays at least 95 %.",
      reported: null,
      scale: "simulated",
      quantity: "mean test accuracy over three data sets, in %",
      holdsIf: atLeast(95, 40),
    },
    {
      id: "extrapolation-reduces-noise",
      statement:
        "With 2 % depolarising noise after each two-qubit gate, extrapolating linearly from noise stretched by 1 and 1.5 to none at least halves the root mean square error of kernel entries.",
      reported: {
        value: "used for the results shown",
        setting: "zero-noise extrapolation with stretch factors 1 and 1.5 on the device",
      },
      scale: "simulated",
      quantity: "error with extrapolation divided by error without",
      holdsIf: atMost(0.5),
    },
    {
      id: "kernel-concentrates",
      statement:
        "Off-diagonal kernel entries of random points concentrate exponentially: from 2 to 10 qubits their variance at least halves with each qubit, so that ever more shots are needed.",
      reported: null,
      scale: "desk",
      quantity: "slope of log2 variance against qubits",
      holdsIf: atMost(-1),
    },
    {
      id: "device-shots-suffice",
      statement:
        "With 50,000 simulated shots per kernel entry and the estimated kernel projected to the nearest positive one, the test accuracy is at least 94.75 % on each of the three data sets.",
      reported: {
        value: 94.75,
        unit: "% test accuracy, the lowest of three data sets",
        setting: "50,000 shots per entry on the device",
      },
      scale: "simulated",
      quantity: "lowest test accuracy of three data sets, in %",
      holdsIf: atLeast(94.75, 40),
    },
    {
      id: "deep-circuit-learns",
      statement:
        "A variational circuit of depth 4, trained with 250 steps of simultaneous perturbation at 2,000 shots, reaches a mean test accuracy of at least 95 % on at least two of three data sets.",
      reported: {
        value: "up to 100",
        unit: "% accuracy",
        setting: "variational classifier on the device, depth up to 4",
      },
      scale: "simulated",
      quantity: "second-highest mean test accuracy of three data sets at depth 4, in %",
      holdsIf: atLeast(95),
    },
    {
      id: "shallow-circuit-does-not",
      statement:
        "At depth 0 the same variational classifier reaches a mean test accuracy of at most 85 %.",
      reported: {
        value: "success rises with depth",
        setting: "variational classifier on the device, depths 0 to 4",
      },
      scale: "simulated",
      quantity: "mean test accuracy over three data sets at depth 0, in %",
      holdsIf: atMost(85),
    },
    {
      id: "depth-helps",
      statement:
        "With exact gradients in the place of shots, four layers classify test points at least 5 points better than none on average.",
      reported: {
        value: "success rises with depth",
        setting: "variational classifier on the device, depths 0 to 4",
      },
      scale: "desk",
      quantity: "mean test accuracy at depth 4 minus that at depth 0, in points",
      holdsIf: atLeast(5),
    },
    {
      id: "no-advantage-on-iris",
      statement:
        "On iris with four qubits and five-fold cross-validation, the quantum kernel is not more accurate than the grid-searched Gaussian kernel.",
      reported: null,
      scale: "desk",
      quantity: "accuracy with the quantum kernel minus accuracy with the Gaussian one, in points",
      holdsIf: atMost(0, 150),
    },
  ],
});
