package dev.kindred.method;

import dev.kindred.losses.InfoNce;
import dev.kindred.nn.MlpHead;
import dev.kindred.runtime.Require;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * SimCSE: the second view of each example is found among those of all others, by {@link InfoNce}.
 * Where there are three views, the third of each example is a hard negative for all (supervised
 * SimCSE).
 *
 * @param projector the widths of a head that is thrown away after training; none for no head
 * @param temperature the loss's temperature, {@code > 0}
 * @see <a href="https://arxiv.org/abs/2104.08821">Gao et al. 2021, SimCSE: Simple Contrastive
 *     Learning of Sentence Embeddings</a>
 */
public record SimCse(List<Integer> projector, double temperature) implements SeparableMethod {
  /** The temperature of the paper. */
  public static final double DEFAULT_TEMPERATURE = 0.05;

  private static final int WITH_NEGATIVES = 3;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public SimCse {
    projector = List.copyOf(projector);
    projector.forEach(width -> Require.atLeastOne("projector width", width));
    InfoNce.withTemperature(temperature);
  }

  /** Without a head, at the paper's temperature. */
  public static SimCse defaults() {
    return new SimCse(List.of(), DEFAULT_TEMPERATURE);
  }

  @Override
  public <V> List<Operand<TFloat32>> project(MethodScope<V> scope, List<V> views) {
    List<V> used = views.subList(0, Math.min(views.size(), WITH_NEGATIVES));
    return projector.isEmpty()
        ? scope.encode(ONLINE, used)
        : scope.project(ONLINE, new MlpHead(projector, false), used);
  }

  @Override
  public Objective compare(MethodScope<?> scope, List<Operand<TFloat32>> z) {
    InfoNce loss = InfoNce.withTemperature(temperature);
    return Objective.of(
        z.size() < WITH_NEGATIVES
            ? loss.of(scope.tf(), z.get(0), z.get(1))
            : loss.withHardNegatives(scope.tf(), z.get(0), z.get(1), z.get(2)));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("simcse", this);
  }
}
