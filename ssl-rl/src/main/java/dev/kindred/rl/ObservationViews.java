package dev.kindred.rl;

import dev.kindred.data.FeedSpec;
import dev.kindred.data.Feeds;
import dev.kindred.data.Randomness;
import dev.kindred.data.ViewPipeline;
import dev.kindred.rl.augment.ObservationAugmentation;
import dev.kindred.rl.augment.RandomCrop;
import dev.kindred.rl.augment.RandomShift;
import dev.kindred.rl.data.Clip;
import dev.kindred.runtime.Require;
import dev.kindred.runtime.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * Observations as views {@code [batch, height, width, stack * channels]} in {@code [-0.5, 0.5]},
 * the channels of the oldest picture first. Immutable.
 *
 * <pre>{@code
 * ObservationViews views = ObservationViews.of(shape, TimePairs.ahead(1), RandomShift.standard());
 * }</pre>
 */
public final class ObservationViews implements ViewPipeline<Clip, Operand<TFloat32>> {
  /** What kind of example these views are for. */
  public static final String DOMAIN = "observation";

  static final String FRAMES = "frames";
  private static final float MIDDLE = 0.5f;

  private final StackShape shape;
  private final TimePairs pairs;
  private final List<ObservationAugmentation> augmentations;
  private final boolean random;

  private ObservationViews(
      StackShape shape,
      TimePairs pairs,
      List<ObservationAugmentation> augmentations,
      boolean random) {
    this.shape = shape;
    this.pairs = pairs;
    this.augmentations = List.copyOf(augmentations);
    this.random = random;
    Require.that(
        this.augmentations.stream().filter(RandomCrop.class::isInstance).count() <= 1,
        "views",
        "cropped once at most",
        augmentations);
  }

  /**
   * Views of observations of that shape.
   *
   * @param pairs which observations are the views of an example
   * @param augmentations what is done to each, in this order, with random numbers of its own
   */
  public static ObservationViews of(
      StackShape shape, TimePairs pairs, ObservationAugmentation... augmentations) {
    return new ObservationViews(shape, pairs, List.of(augmentations), true);
  }

  /** The views of CURL for pictures of 84 by 84: two of one observation, each shifted. */
  public static ObservationViews curl(StackShape shape) {
    return of(shape, TimePairs.same(), RandomShift.standard());
  }

  /** The views of ATC: an observation and one of {@code steps} later, each shifted. */
  public static ObservationViews atc(StackShape shape, int steps) {
    return of(shape, TimePairs.ahead(steps), RandomShift.standard());
  }

  /**
   * What an encoder saved with {@link #settings} is given.
   *
   * @throws IllegalArgumentException if a setting is missing or not allowed
   */
  static ObservationViews fromSettings(Map<String, ?> settings) {
    int crop = StackShape.number(settings, "crop");
    List<ObservationAugmentation> crops = crop == 0 ? List.of() : List.of(new RandomCrop(crop));
    return new ObservationViews(StackShape.of(settings), TimePairs.same(), crops, false);
  }

  /** The shape of an observation. */
  public StackShape shape() {
    return shape;
  }

  /** Which observations are the views of an example. */
  public TimePairs pairs() {
    return pairs;
  }

  @Override
  public String domain() {
    return DOMAIN;
  }

  @Override
  public int views() {
    return random ? pairs.views() : 1;
  }

  /** How many pictures of an example are used: its stack, and what follows. */
  private int length() {
    return shape.stack() + (random ? pairs.steps() : 0);
  }

  /**
   * {@inheritDoc}
   *
   * <p>It is {@code frames}, uint8 {@code [batch, pictures, channels, height, width]}: each picture
   * once, however many stacks it is in.
   */
  @Override
  public List<FeedSpec> feeds() {
    return List.of(
        new FeedSpec(
            FRAMES,
            TUint8.class,
            Shape.of(
                Shape.UNKNOWN_SIZE, length(), shape.channels(), shape.height(), shape.width())));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a clip is of another shape, or too short
   */
  @Override
  public Feeds pack(List<Clip> examples) {
    TUint8 frames =
        TUint8.tensorOf(
            Shape.of(examples.size(), length(), shape.channels(), shape.height(), shape.width()));
    ByteDataBuffer buffer = frames.asRawTensor().data();
    int bytes = length() * shape.frameSize();
    for (int i = 0; i < examples.size(); i++) {
      Clip clip = examples.get(i);
      shape.require(clip, length());
      buffer.offset((long) i * bytes).write(clip.frames(), 0, bytes);
    }
    return new Feeds(examples.size(), Map.of(FRAMES, frames));
  }

  @Override
  public List<Operand<TFloat32>> build(
      Ops tf, Map<String, Operand<?>> feeds, Randomness randomness) {
    @SuppressWarnings("unchecked") // as feeds() says
    Operand<TUint8> frames = (Operand<TUint8>) feeds.get(FRAMES);
    if (frames == null) {
      throw new IllegalArgumentException("feeds must have %s, were %s".formatted(FRAMES, feeds));
    }
    List<Operand<TFloat32>> views = new ArrayList<>();
    for (int view = 0; view < views(); view++) {
      Randomness own = randomness.child("view" + view);
      views.add(seen(tf, augmented(tf, stack(tf, frames, view, own), own)));
    }
    return views;
  }

  /** The stack that a view is of, {@code [batch, stack, channels, height, width]} in [0, 1]. */
  private Operand<TFloat32> stack(Ops tf, Operand<TUint8> frames, int view, Randomness randomness) {
    Operand<TUint8> stack =
        view > 0 && pairs.kind() == TimePairs.Kind.WITHIN
            ? later(tf, frames, randomness)
            : tf.slice(
                frames,
                tf.array(0, view == 0 ? 0 : offset(view), 0, 0, 0),
                tf.array(-1, shape.stack(), -1, -1, -1));
    return scaled(tf, tf.ensureShape(stack, shape.batch()));
  }

  private int offset(int view) {
    return pairs.kind() == TimePairs.Kind.RUN ? view : pairs.steps();
  }

  private Operand<TUint8> later(Ops tf, Operand<TUint8> frames, Randomness randomness) {
    Operand<TInt32> one = tf.constant(1);
    Operand<TFloat32> drawn =
        randomness.uniform("step", tf.stack(List.of(Rows.count(tf, frames), one)), 0);
    Operand<TInt32> step =
        tf.math.add(
            tf.dtypes.cast(tf.math.mul(drawn, tf.constant((float) pairs.steps())), TInt32.class),
            one);
    Operand<TInt32> places =
        tf.math.add(
            step,
            tf.expandDims(
                tf.range(tf.constant(0), tf.constant(shape.stack()), one), tf.constant(0)));
    return tf.gather(frames, places, one, Gather.batchDims(1L));
  }

  private Operand<TFloat32> augmented(Ops tf, Operand<TFloat32> stack, Randomness randomness) {
    Operand<TFloat32> changed = stack;
    for (int i = 0; i < augmentations.size(); i++) {
      ObservationAugmentation augmentation = augmentations.get(i);
      if (random) {
        changed = augmentation.apply(tf, changed, randomness.child("augmentation" + i));
      } else if (augmentation instanceof RandomCrop crop) {
        changed = crop.middle(tf, changed);
      }
    }
    return changed;
  }

  /** Bytes as colours in {@code [0, 1]}. */
  public static Operand<TFloat32> scaled(Ops tf, Operand<TUint8> frames) {
    return tf.math.mul(tf.dtypes.cast(frames, TFloat32.class), tf.constant(1f / 255));
  }

  /**
   * Stacks as an encoder sees them.
   *
   * @param stacks colours in {@code [0, 1]}, {@code [batch, stack, channels, height, width]}
   * @return {@code [batch, height, width, stack * channels]} in {@code [-0.5, 0.5]}
   */
  public static Operand<TFloat32> seen(Ops tf, Operand<TFloat32> stacks) {
    Shape from = stacks.shape();
    Operand<TFloat32> last = tf.linalg.transpose(stacks, tf.array(0, 3, 4, 1, 2));
    return tf.math.sub(
        tf.reshape(
            last,
            tf.array(-1, (int) from.get(3), (int) from.get(4), (int) (from.get(1) * from.get(2)))),
        tf.constant(MIDDLE));
  }

  /** One view, of the observation as it is; of the middle, where the views are cropped. */
  @Override
  public ObservationViews inference() {
    return new ObservationViews(shape, TimePairs.same(), augmentations, false);
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>(shape.settings());
    settings.put("crop", crop());
    if (random) {
      settings.put("pairs", pairs.kind().name().toLowerCase(Locale.ROOT));
      settings.put("steps", pairs.steps());
      settings.put(
          "augmentations",
          augmentations.stream().<Object>map(ObservationAugmentation::settings).toList());
    }
    return settings;
  }

  private int crop() {
    return augmentations.stream()
        .filter(RandomCrop.class::isInstance)
        .mapToInt(crop -> ((RandomCrop) crop).size())
        .findFirst()
        .orElse(0);
  }
}
