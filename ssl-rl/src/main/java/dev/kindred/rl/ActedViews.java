package dev.kindred.rl;

import dev.kindred.data.FeedSpec;
import dev.kindred.data.Feeds;
import dev.kindred.data.Randomness;
import dev.kindred.data.ViewPipeline;
import dev.kindred.rl.data.Clip;
import dev.kindred.rl.data.Recording;
import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * An observation and each of those that followed it, with the actions between them: for methods
 * that foretell what an action leads to. Immutable.
 *
 * <pre>{@code
 * ActedViews views = ActedViews.of(ObservationViews.of(shape, TimePairs.run(5), RandomShift.standard()),
 *     recording);
 * }</pre>
 */
public final class ActedViews implements ViewPipeline<Clip, ActedView> {
  private static final String ACTIONS = "actions";

  private final ObservationViews observations;
  private final int choices;
  private final int numbers;

  private ActedViews(ObservationViews observations, int choices, int numbers) {
    this.observations = observations;
    this.choices = choices;
    this.numbers = numbers;
  }

  /**
   * These views with the actions of {@code recording}.
   *
   * @param observations views of a {@link TimePairs#run}
   * @throws IllegalArgumentException if they are of another kind
   */
  public static ActedViews of(ObservationViews observations, Recording recording) {
    Require.that(
        observations.pairs().kind() == TimePairs.Kind.RUN,
        "views with actions",
        "an observation and each of those after it",
        observations.pairs());
    int choices = recording.choices();
    return new ActedViews(observations, choices, choices == 0 ? recording.actionSize() : choices);
  }

  /** How many numbers an action is of in the graph. */
  public int numbers() {
    return numbers;
  }

  @Override
  public String domain() {
    return observations.domain();
  }

  @Override
  public int views() {
    return observations.views();
  }

  private int steps() {
    return observations.views() - 1;
  }

  /**
   * {@inheritDoc}
   *
   * <p>They are those of {@link ObservationViews} and, in training, {@code actions}, float32 {@code
   * [batch, steps, numbers]}.
   */
  @Override
  public List<FeedSpec> feeds() {
    List<FeedSpec> feeds = new ArrayList<>(observations.feeds());
    if (steps() > 0) {
      feeds.add(
          new FeedSpec(ACTIONS, TFloat32.class, Shape.of(Shape.UNKNOWN_SIZE, steps(), numbers)));
    }
    return feeds;
  }

  @Override
  public Feeds pack(List<Clip> examples) {
    Feeds frames = observations.pack(examples);
    if (steps() == 0) {
      return frames;
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>(frames.tensors());
    tensors.put(ACTIONS, TFloat32.tensorOf(StdArrays.ndCopyOf(actions(examples))));
    return new Feeds(examples.size(), tensors);
  }

  private float[][][] actions(List<Clip> examples) {
    float[][][] actions = new float[examples.size()][steps()][];
    for (int i = 0; i < actions.length; i++) {
      for (int step = 0; step < steps(); step++) {
        actions[i][step] = encoded(examples.get(i).actions()[step]);
      }
    }
    return actions;
  }

  private float[] encoded(float[] action) {
    if (choices == 0) {
      return action;
    }
    float[] chosen = new float[choices];
    chosen[(int) action[0]] = 1;
    return chosen;
  }

  @Override
  public List<ActedView> build(Ops tf, Map<String, Operand<?>> feeds, Randomness randomness) {
    List<Operand<TFloat32>> seen = observations.build(tf, feeds, randomness);
    List<ActedView> views = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      views.add(new ActedView(seen.get(i), action(tf, feeds, Math.max(0, i - 1))));
    }
    return views;
  }

  private Operand<TFloat32> action(Ops tf, Map<String, Operand<?>> feeds, int step) {
    @SuppressWarnings("unchecked") // as feeds() says
    Operand<TFloat32> actions = (Operand<TFloat32>) feeds.get(ACTIONS);
    if (actions == null) {
      return tf.zeros(tf.array(1, numbers), TFloat32.class);
    }
    return tf.reshape(
        tf.slice(actions, tf.array(0, step, 0), tf.array(-1, 1, numbers)), tf.array(-1, numbers));
  }

  @Override
  public ActedViews inference() {
    return new ActedViews(observations.inference(), choices, numbers);
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>(observations.settings());
    if (steps() > 0) {
      settings.put("choices", choices);
      settings.put("action_numbers", numbers);
    }
    return settings;
  }
}
