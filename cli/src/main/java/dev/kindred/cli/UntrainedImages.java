package dev.kindred.cli;

import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.Manifest;
import dev.kindred.embedding.SavedEncoder;
import dev.kindred.runtime.KindredException;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageViews;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a saved encoder of images is compared with: the same network untrained, and no network. */
final class UntrainedImages {
  private UntrainedImages() {}

  /**
   * The network of a saved encoder with the values that it would start from.
   *
   * @throws KindredException if another program than this trained it, whose network is not known
   */
  static InferenceModel<Image> encoder(Path folder, long seed) {
    ImageTrainingOptions options = options(folder);
    return InferenceModel.untrained(
        ImageViews.fromSettings(SavedEncoder.manifest(folder).input()),
        Catalogues.ENCODERS.get(options.encoder).apply(options),
        seed);
  }

  /** The pixels themselves, as the encoder sees them. */
  static InferenceModel<Image> pixels(Path folder) {
    ImageViews views = ImageViews.fromSettings(SavedEncoder.manifest(folder).input());
    return RawPixels.model(views, ImageModel.canvas(folder));
  }

  /**
   * The options with which a saved encoder was trained.
   *
   * @throws KindredException if another program trained it, or it is not of images
   */
  static ImageTrainingOptions options(Path folder) {
    Manifest manifest = SavedEncoder.manifest(folder, ImageViews.DOMAIN);
    Map<String, Object> values = new LinkedHashMap<>();
    if (manifest.provenance().get("origin") instanceof Map<?, ?> origin
        && origin.get("options") instanceof Map<?, ?> saved) {
      saved.forEach((key, value) -> values.put(String.valueOf(key), value));
    } else {
      throw new KindredException(
          folder
              + ": was not trained by kindred pretrain images, and so its network untrained is not known");
    }
    ImageTrainingOptions options = new ImageTrainingOptions();
    OptionMap.fill(options, values, folder.toString(), null);
    return options;
  }
}
