package dev.kindred.rl.method;

import dev.kindred.losses.InfoNce;
import dev.kindred.losses.Reduction;
import dev.kindred.losses.Similarity;
import dev.kindred.method.Method;
import dev.kindred.method.MethodScope;
import dev.kindred.method.MethodSettings;
import dev.kindred.method.Momentum;
import dev.kindred.method.Objective;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * CURL: the representation of one view of an observation, compared by a learned bilinear form with
 * what a momentum encoder makes of another view; the other observations of the batch are the
 * negatives. There is no projector: it is the representation itself that is compared.
 *
 * <p>The logits are {@code q_i' W k_j}, the loss their cross-entropy on the diagonal, without a
 * temperature, which W would swallow.
 *
 * @param momentum how the momentum encoder follows
 * @see <a href="https://arxiv.org/abs/2004.04136">Laskin et al. 2020, CURL: Contrastive
 *     Unsupervised Representations for Reinforcement Learning</a>
 */
public record Curl(Momentum momentum) implements Method {
  /** The paper's momentum encoder, which moves by 5 % of the difference. */
  public static Curl defaults() {
    return new Curl(Momentum.constant(0.95));
  }

  /** The same method with another momentum. */
  public Curl withMomentum(Momentum value) {
    return new Curl(value);
  }

  @Override
  public <V> Objective build(MethodScope<V> scope, List<V> views) {
    Operand<TFloat32> query = scope.encode(ONLINE, views.subList(0, 1)).get(0);
    Operand<TFloat32> key = scope.encode(MOMENTUM, views.subList(1, 2)).get(0);
    scope.follow(momentum);
    Operand<TFloat32> turned =
        scope.head(ONLINE, "bilinear", new Bilinear(scope.dimension()), List.of(query)).get(0);
    return Objective.of(contrast().of(scope.tf(), scope.all(turned), scope.all(key)));
  }

  /** Inner products without a temperature. */
  static InfoNce contrast() {
    return new InfoNce(1, Similarity.DOT, InfoNce.Direction.QUERY_TO_KEY, Reduction.MEAN, 1, 0);
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("curl", this);
  }
}
