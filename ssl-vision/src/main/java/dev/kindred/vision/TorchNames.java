package dev.kindred.vision;

import java.util.Map;
import java.util.regex.Pattern;

/** The names that torchvision's ResNets and timm's vision transformers have for parameters. */
final class TorchNames {
  /** Classifiers, and counters of batch normalisation: an encoder has none. */
  static final Pattern NOT_OF_AN_ENCODER =
      Pattern.compile("(fc|head)\\.(weight|bias)|.*\\.num_batches_tracked");

  private static final Map<String, String> LAST =
      Map.of(
          "kernel", "weight",
          "gamma", "weight",
          "beta", "bias",
          "bias", "bias",
          "mean", "running_mean",
          "variance", "running_var");

  private TorchNames() {}

  /**
   * A parameter as PyTorch has it.
   *
   * @param name such as {@code layer1.0.conv1.weight}
   */
  record Torch(String name, TorchLayout layout) {}

  /** What the parameter at {@code path} below an encoder, with so many dimensions, is there. */
  static Torch of(String path, int dimensions) {
    if (path.equals("cls_token") || path.equals("pos_embed")) {
      return new Torch(path, TorchLayout.BATCHED);
    }
    String last = path.substring(path.lastIndexOf('/') + 1);
    String name =
        path.substring(0, path.length() - last.length())
                .replaceAll("^stage(\\d+)/block(\\d+)/", "layer$1/$2/")
                .replace("downsample/conv/", "downsample/0/")
                .replace("downsample/bn/", "downsample/1/")
                .replace("patch_embed/", "patch_embed/proj/")
                .replace('/', '.')
            + LAST.getOrDefault(last, last);
    return new Torch(name, layout(last, dimensions));
  }

  private static TorchLayout layout(String last, int dimensions) {
    if (!last.equals("kernel")) {
      return TorchLayout.SAME;
    }
    return dimensions == 4 ? TorchLayout.KERNEL : TorchLayout.MATRIX;
  }
}
