package dev.kindred.vision;

import dev.kindred.embedding.TorchWeights;
import dev.kindred.weights.TorchLayout;
import dev.kindred.weights.TorchParameter;
import java.util.Map;
import java.util.regex.Pattern;

/** The names that torchvision's ResNets and timm's vision transformers have for parameters. */
final class TorchNames implements TorchWeights.Names {
  /** Classifiers, and counters of batch normalisation: an encoder has none. */
  private static final Pattern NOT_OF_AN_ENCODER =
      Pattern.compile("(fc|head)\\.(weight|bias)|.*\\.num_batches_tracked");

  private static final Map<String, String> LAST =
      Map.of(
          "kernel", "weight",
          "gamma", "weight",
          "beta", "bias",
          "bias", "bias",
          "mean", "running_mean",
          "variance", "running_var");

  @Override
  public TorchParameter of(String path, int dimensions) {
    if (path.equals("cls_token") || path.equals("pos_embed")) {
      return TorchParameter.of(path, TorchLayout.BATCHED);
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
    return TorchParameter.of(name, layout(last, dimensions));
  }

  @Override
  public boolean beyondEncoder(String name) {
    return NOT_OF_AN_ENCODER.matcher(name).matches();
  }

  private static TorchLayout layout(String last, int dimensions) {
    if (!last.equals("kernel")) {
      return TorchLayout.SAME;
    }
    return dimensions == 4 ? TorchLayout.KERNEL : TorchLayout.MATRIX;
  }
}
