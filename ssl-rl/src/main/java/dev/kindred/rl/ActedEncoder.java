package dev.kindred.rl;

import dev.kindred.nn.Encoder;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TensorEncoder;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A network of observations for views that have an action beside them, which it does not see. What
 * is trained and saved is the network itself.
 *
 * @param network the network of the observations
 */
public record ActedEncoder(TensorEncoder network) implements Encoder<ActedView> {
  @Override
  public Operand<TFloat32> apply(Scope scope, ActedView view) {
    return network.apply(scope, view.observation());
  }

  @Override
  public int dimension() {
    return network.dimension();
  }

  @Override
  public boolean alike(ActedView a, ActedView b) {
    return network.alike(a.observation(), b.observation());
  }

  @Override
  public ActedView concat(Ops tf, List<ActedView> views) {
    return new ActedView(
        network.concat(tf, views.stream().map(ActedView::observation).toList()),
        tf.concat(views.stream().map(ActedView::action).toList(), tf.constant(0)));
  }

  @Override
  public Operand<TInt32> count(Ops tf, ActedView view) {
    return network.count(tf, view.observation());
  }

  @Override
  public ActedView take(Ops tf, ActedView view, Operand<TInt32> rows) {
    return new ActedView(
        network.take(tf, view.observation(), rows), tf.gather(view.action(), rows, tf.constant(0)));
  }

  @Override
  public Map<String, Object> settings() {
    return network.settings();
  }
}
