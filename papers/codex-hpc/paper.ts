import { atLeast, atMost, definePaper } from "@daily-kernel/reproduction";

export default definePaper({
  slug: "codex-hpc",
  title: "Evaluation of OpenAI Codex for HPC Parallel Programming Models Kernel Generation",
  arxiv: "2306.15121",
  submitted: "2023-06-26",
  authors: [
    "William F. Godoy",
    "Pedro Valero-Lara",
    "Keita Teranishi",
    "Prasanna Balaprakash",
    "Jeffrey S. Vetter",
  ],
  authorCount: 5,
  topics: ["language-models", "gpu-kernels", "systems"],
  summary:
    "How well does a code model know OpenMP compared with HIP? Six textbook kernels (from $y \\leftarrow ax + y$ to conjugate gradients) are requested in some fifteen parallel models of four languages, each by a one-line comment, with or without a keyword such as `subroutine`. A human grades the completions of every prompt on five steps from 0 (nothing correct) to 1 (a single, correct answer). Grades follow how widespread a model is: high for OpenMP and CUDA in C++, low for HIP; keywords helped Fortran and Python. The completion service of April 2023 no longer exists, so its scores cannot be re-measured. What can be is the instrument: we replace the human by compiling, running and checking that the requested model is really used, and test that judge on correct and on deliberately broken kernels.",
  links: [
    { label: "arXiv", url: "https://arxiv.org/abs/2306.15121" },
    { label: "Raw completions", url: "https://github.com/keitaTN/Copilot-hpc-kernels" },
  ],
  library: "forge",
  claims: [
    {
      id: "correct-kernels-accepted",
      statement:
        "The automatic judge accepts every one of our hand-written correct kernels, six for each programming model whose compiler is present.",
      reported: null,
      scale: "desk",
      quantity: "fraction of correct kernels that are accepted",
      holdsIf: atLeast(1, 18),
    },
    {
      id: "faulty-kernels-rejected",
      statement:
        "The automatic judge rejects every kernel with a planted fault, be it a wrong index, a data race or code of another programming model than the requested one.",
      reported: null,
      scale: "desk",
      quantity: "fraction of faulty kernels that are rejected",
      holdsIf: atLeast(1, 54),
    },
    {
      id: "five-levels-assigned",
      statement:
        "On suggestion sets built to hit each of the five proficiency levels, the metric returns the level that follows from its definition every time.",
      reported: null,
      scale: "desk",
      quantity: "fraction of constructed suggestion sets that get the expected level",
      holdsIf: atLeast(1, 5),
    },
    {
      id: "score-falls-with-suggestions",
      statement:
        "The metric punishes showing more: a generator that is right nine times out of ten, always in the requested model, loses at least 0.2 of its mean score when ten of its suggestions are looked at instead of one.",
      reported: null,
      scale: "simulated",
      quantity: "mean score with 1 suggestion minus mean score with 10",
      holdsIf: atLeast(0.2, 1000),
    },
    {
      id: "conjugate-gradients-converge",
      statement:
        "The reference conjugate-gradient kernel reaches a relative residual of 1e-10 in at most 1.05 times the iterations that SciPy needs on the same grid Laplacians.",
      reported: null,
      scale: "desk",
      quantity: "largest ratio of our iteration count to SciPy's",
      holdsIf: atMost(1.05),
    },
    {
      id: "openmp-and-cuda-above-hip",
      statement:
        "A code model's mean proficiency in C++ is at least one level (0.25) higher for OpenMP and CUDA than for HIP.",
      reported: {
        value: "OpenMP and CUDA high, HIP lacking",
        setting: "GitHub Copilot in April 2023, six kernels in C++",
      },
      scale: "paper",
      quantity: "mean score of OpenMP and CUDA minus mean score of HIP",
      holdsIf: atLeast(0.25),
    },
    {
      id: "keywords-help-fortran-and-python",
      statement:
        "Adding a language keyword to the prompt raises a code model's mean proficiency in Fortran and Python, paired over kernels and programming models.",
      reported: {
        value: "keywords help",
        setting: "GitHub Copilot in April 2023, six kernels in Fortran and Python",
      },
      scale: "paper",
      quantity: "mean paired difference of the score, with keyword minus without",
      holdsIf: atLeast(0.02),
    },
  ],
});
