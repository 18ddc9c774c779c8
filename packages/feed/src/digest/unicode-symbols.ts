/** What TeX's mathematical commands look like as plain characters. */
const table = `
  alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
  kappa κ lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ
  phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ
  Phi Φ Psi Ψ Omega Ω
  times × cdot · div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ otimes ⊗ odot ⊙ wedge ∧ vee ∨
  le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ ne ≠ neq ≠ ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ cong ≅
  equiv ≡ propto ∝ lesssim ≲ gtrsim ≳ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇
  cup ∪ cap ∩ setminus ∖ emptyset ∅ varnothing ∅ forall ∀ exists ∃ neg ¬ lnot ¬ perp ⊥ parallel ∥
  sum ∑ prod ∏ int ∫ oint ∮ partial ∂ nabla ∇ infty ∞ sqrt √ surd √ angle ∠ prime ′ dagger † ddagger ‡
  to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ implies ⇒ Leftarrow ⇐
  Leftrightarrow ⇔ iff ⇔ mapsto ↦ uparrow ↑ downarrow ↓ longrightarrow ⟶ hookrightarrow ↪
  ldots … dots … cdots ⋯ vdots ⋮ ddots ⋱ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ wp ℘ top ⊤ bot ⊥ mid |
  langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lVert ‖ rVert ‖ Vert ‖ lvert | rvert | vert |
  square □ blacksquare ■ checkmark ✓ S § P ¶ degree °`;

const words = table.trim().split(/\s+/);

export const symbols: ReadonlyMap<string, string> = new Map(
  words.flatMap((name, i) => (i % 2 === 0 ? [[name, words[i + 1]!] as const] : [])),
);

/** Accents that stand over one character. */
export const combining: ReadonlyMap<string, string> = new Map([
  ["hat", "\u0302"],
  ["widehat", "\u0302"],
  ["tilde", "\u0303"],
  ["widetilde", "\u0303"],
  ["bar", "\u0304"],
  ["overline", "\u0304"],
  ["dot", "\u0307"],
  ["ddot", "\u0308"],
  ["vec", "\u20d7"],
]);

const pairs = (from: string, to: string): ReadonlyMap<string, string> => {
  const targets = [...to];
  return new Map([...from].map((character, i) => [character, targets[i]!]));
};

export const superscripts = pairs(
  "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW*′",
  "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ*′",
);
export const subscripts = pairs(
  "0123456789+-=()aehijklmnoprstuvx",
  "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ",
);
export const doubleStruck = pairs("CEHNPQRZ1", "ℂ𝔼ℍℕℙℚℝℤ𝟙");
