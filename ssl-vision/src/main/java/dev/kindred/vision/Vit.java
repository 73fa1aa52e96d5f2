package dev.kindred.vision;

import dev.kindred.nn.Block;
import dev.kindred.nn.LayerNorm;
import dev.kindred.nn.PatchTokens;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TensorEncoder;
import dev.kindred.nn.TransformerBlock;
import dev.kindred.runtime.Require;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Vision transformers as in timm: views {@code [batch, height, width, 3]} are cut into patches,
 * which become tokens; the representation {@code [batch, dimension]} is the class token's or the
 * tokens' mean. A view of another size than {@code imageSize}, whose sides are multiples of the
 * patch, gets position embeddings in between, as small crops need.
 *
 * @param imageSize the side of the views that the position embeddings are for, a multiple of the
 *     patch
 * @param patch the side of a patch
 * @param dimension the width of a token, a multiple of the heads
 * @param depth the number of blocks
 * @param heads the number of attention heads
 * @param stochasticDepth the probability that a part of the last block is left out for an example
 *     while training, in {@code [0, 1)}; it rises linearly from 0 at the first
 * @param pooling what becomes of the tokens
 * @see <a href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al. 2020, An Image is Worth 16x16
 *     Words</a>
 */
public record Vit(
    int imageSize,
    int patch,
    int dimension,
    int depth,
    int heads,
    double stochasticDepth,
    Pooling pooling)
    implements TensorEncoder {
  private static final int MLP_RATIO = 4;
  private static final int SMALL_IMAGE = 64;

  /** What becomes of the tokens. */
  public enum Pooling {
    /** The class token, as in the paper. */
    CLASS_TOKEN,
    /** The mean of the patches' tokens; there is no class token. */
    MEAN
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range, or two do not fit
   */
  public Vit {
    Require.atLeastOne("patch", patch);
    Require.that(
        imageSize >= patch && imageSize % patch == 0,
        "image size",
        "a multiple of the patch of %d".formatted(patch),
        imageSize);
    Require.atLeastOne("depth", depth);
    Require.atLeastOne("heads", heads);
    Require.that(
        dimension >= 1 && dimension % heads == 0,
        "dimension",
        "a multiple of %d heads".formatted(heads),
        dimension);
    Require.that(
        stochasticDepth >= 0 && stochasticDepth < 1,
        "stochasticDepth",
        "in [0, 1)",
        stochasticDepth);
  }

  /** ViT-tiny: 12 blocks of width 192; patches of an eighth of small images, of 16 else. */
  public static Vit tiny(int imageSize) {
    return new Vit(imageSize, patchOf(imageSize), 192, 12, 3, 0.1, Pooling.CLASS_TOKEN);
  }

  /** ViT-small: 12 blocks of width 384; patches of an eighth of small images, of 16 else. */
  public static Vit small(int imageSize) {
    return new Vit(imageSize, patchOf(imageSize), 384, 12, 6, 0.1, Pooling.CLASS_TOKEN);
  }

  /** The same network with another number of blocks. */
  public Vit withDepth(int blocks) {
    return new Vit(imageSize, patch, dimension, blocks, heads, stochasticDepth, pooling);
  }

  /** The same network with another stochastic depth. */
  public Vit withStochasticDepth(double probability) {
    return new Vit(imageSize, patch, dimension, depth, heads, probability, pooling);
  }

  /** The same network with another pooling. */
  public Vit withPooling(Pooling value) {
    return new Vit(imageSize, patch, dimension, depth, heads, stochasticDepth, value);
  }

  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> view) {
    Ops tf = scope.tf();
    boolean classToken = pooling == Pooling.CLASS_TOKEN;
    Block network = new PatchTokens(patch, dimension, imageSize / patch, classToken);
    for (int block = 0; block < depth; block++) {
      double drop = depth == 1 ? stochasticDepth : stochasticDepth * block / (depth - 1);
      network =
          network.then(
              TransformerBlock.vision(heads, MLP_RATIO * dimension, drop).named("blocks/" + block));
    }
    Operand<TFloat32> tokens = network.then(LayerNorm.create().named("norm")).apply(scope, view);
    return classToken
        ? tf.gather(tokens, tf.constant(0), tf.constant(1))
        : tf.math.mean(tokens, tf.constant(1));
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("name", "vit");
    settings.put("imageSize", imageSize);
    settings.put("patch", patch);
    settings.put("dimension", dimension);
    settings.put("depth", depth);
    settings.put("heads", heads);
    settings.put("stochasticDepth", stochasticDepth);
    settings.put("pooling", pooling.name().toLowerCase(Locale.ROOT));
    return settings;
  }

  private static int patchOf(int imageSize) {
    return imageSize <= SMALL_IMAGE ? Math.max(1, imageSize / 8) : 16;
  }
}
