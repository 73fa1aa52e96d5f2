package dev.kindred.data;

import dev.kindred.runtime.Sessions;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Random views of a few examples as a training would see them, to be looked at. */
public final class DrawnViews {
  private DrawnViews() {}

  /**
   * Draws views, again and again.
   *
   * @param examples a batch of them
   * @param seed what every random number derives from; same seed, same views
   * @param draws how often each view is drawn
   * @param seen is given each view of all examples, in the order of the views, draw after draw; the
   *     tensor is closed afterwards
   */
  public static <E> void draw(
      ViewPipeline<E, Operand<TFloat32>> views,
      List<E> examples,
      int seed,
      int draws,
      Consumer<TFloat32> seen) {
    try (Graph graph = new Graph();
        Feeds feeds = views.pack(examples)) {
      Ops tf = Ops.create(graph);
      Operand<TInt32> key = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
      Map<String, Operand<?>> inputs = Placeholders.of(tf, views.feeds());
      List<Operand<TFloat32>> built = views.build(tf, inputs, new Randomness(tf, key));
      try (Session session = Sessions.open(graph)) {
        for (int draw = 0; draw < draws; draw++) {
          try (TInt32 seedAndStep = TInt32.vectorOf(seed, draw);
              Result result = runner(session, feeds, built).feed(key, seedAndStep).run()) {
            result.forEach(view -> seen.accept((TFloat32) view.getValue()));
          }
        }
      }
    }
  }

  private static Session.Runner runner(
      Session session, Feeds feeds, List<Operand<TFloat32>> views) {
    Session.Runner runner = session.runner();
    feeds.tensors().forEach(runner::feed);
    views.forEach(runner::fetch);
    return runner;
  }
}
