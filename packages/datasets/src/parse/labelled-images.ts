import { dataError } from "@daily-kernel/compute";
import type { LabelledImages } from "../shapes.ts";

/**
 * Puts images and labels together after checking sizes and that every label names a class. The
 * result has class names of its own, since it belongs to the caller.
 */
export function labelledImages(path: string, set: LabelledImages): LabelledImages {
  const { images, labels, n, height, width, channels, classNames } = set;
  const size = n * height * width * channels;
  if (images.length !== size || labels.length !== n) {
    throw dataError(
      `${path}: expected ${n} labels and ${size} image bytes, got ${labels.length} and ${images.length}`,
    );
  }
  const bad = labels.findIndex((label) => label >= classNames.length);
  if (bad >= 0) {
    throw dataError(
      `${path}: labels must be below ${classNames.length}, got ${labels[bad]} at index ${bad}`,
    );
  }
  return { ...set, classNames: [...classNames] };
}
