package dev.kindred.benchmarks;

import dev.kindred.data.FeedSpec;
import dev.kindred.data.Feeds;
import dev.kindred.data.Randomness;
import dev.kindred.data.ViewPipeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Views that need no work: an example is the pixels of its views, one after another, and goes to
 * the network as it is. What is left of a training step is the step alone.
 *
 * @param size the side of a view, {@code >= 1}
 * @param views the number of views, {@code >= 1}
 */
public record ReadyViews(int size, int views) implements ViewPipeline<float[], Operand<TFloat32>> {
  private static final int CHANNELS = 3;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public ReadyViews {
    if (size < 1 || views < 1) {
      throw new IllegalArgumentException(
          "size and views must be >= 1, were %d and %d".formatted(size, views));
    }
  }

  /** Examples of standard normal noise. */
  public List<float[]> noise(int examples, long seed) {
    Random random = new Random(seed);
    return Stream.generate(() -> noise(random)).limit(examples).toList();
  }

  @Override
  public String domain() {
    return "image";
  }

  @Override
  public List<FeedSpec> feeds() {
    Shape shape = Shape.of(Shape.UNKNOWN_SIZE, size, size, CHANNELS);
    return IntStream.range(0, views)
        .mapToObj(view -> new FeedSpec(name(view), TFloat32.class, shape))
        .toList();
  }

  @Override
  public Feeds pack(List<float[]> examples) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int view = 0; view < views; view++) {
      tensors.put(name(view), pack(examples, view));
    }
    return new Feeds(examples.size(), tensors);
  }

  @Override
  @SuppressWarnings("unchecked") // the feeds are those of this pipeline
  public List<Operand<TFloat32>> build(
      Ops tf, Map<String, Operand<?>> feeds, Randomness randomness) {
    return feeds().stream()
        .map(spec -> (Operand<TFloat32>) feeds.get(spec.name()))
        .<Operand<TFloat32>>map(tf::identity)
        .toList();
  }

  @Override
  public ReadyViews inference() {
    return new ReadyViews(size, 1);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("name", "ready", "size", size, "views", views);
  }

  private float[] noise(Random random) {
    float[] values = new float[views * pixels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private TFloat32 pack(List<float[]> examples, int view) {
    TFloat32 tensor = TFloat32.tensorOf(Shape.of(examples.size(), size, size, CHANNELS));
    FloatDataBuffer buffer = tensor.asRawTensor().data().asFloats();
    for (int row = 0; row < examples.size(); row++) {
      buffer.offset((long) row * pixels()).write(examples.get(row), view * pixels(), pixels());
    }
    return tensor;
  }

  private int pixels() {
    return size * size * CHANNELS;
  }

  private static String name(int view) {
    return "view" + view;
  }
}
