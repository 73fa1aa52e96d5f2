package dev.kindred.losses;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * DINO's self-distillation: each view of the student predicts the teacher's sharpened and centred
 * distribution of every other view.
 *
 * <p>{@code -sum_k softmax((t - centre) / T_t)_k log softmax(s / T_s)_k}, mean over the batch and
 * over the pairs of a teacher's and a student's different views. The centre is a running mean of
 * the teacher's scores, {@link #nextCentre}: it keeps one output from winning always, the low
 * teacher temperature keeps the outputs from becoming even.
 *
 * @param studentTemperature T_s, finite and {@code > 0}
 * @param teacherTemperature T_t, finite and {@code > 0}
 * @see <a href="https://arxiv.org/abs/2104.14294">Caron et al. 2021, Emerging Properties in
 *     Self-Supervised Vision Transformers</a>
 */
public record Dino(double studentTemperature, double teacherTemperature) {
  /** How much of the centre stays at each step, in the paper. */
  public static final double DEFAULT_CENTRE_MOMENTUM = 0.9;

  /**
   * Checks the temperatures.
   *
   * @throws IllegalArgumentException if one is not finite and {@code > 0}
   */
  public Dino {
    Arguments.requirePositive("studentTemperature", studentTemperature);
    Arguments.requirePositive("teacherTemperature", teacherTemperature);
  }

  /** The paper's temperatures at first: 0.1 and 0.04. */
  public static Dino standard() {
    return new Dino(0.1, 0.04);
  }

  /**
   * Adds the loss to the graph.
   *
   * @param student scores of each view {@code [batch, outputs]}
   * @param teacher scores of the first of these views {@code [batch, outputs]}; no gradient reaches
   *     them
   * @param centre {@code [outputs]}; no gradient reaches it
   * @throws IllegalArgumentException if the shapes do not fit, there are fewer than two student
   *     views, or more teacher views than those
   */
  public <T extends TFloating> Operand<T> of(
      Ops tf, List<Operand<T>> student, List<Operand<T>> teacher, Operand<T> centre) {
    Arguments.require(student.size() >= 2, "student views", ">= 2", student.size());
    Arguments.require(
        !teacher.isEmpty() && teacher.size() <= student.size(),
        "teacher views",
        "1 to " + student.size(),
        teacher.size());
    List<Operand<T>> all = new ArrayList<>(student);
    all.addAll(teacher);
    Arguments.requireSameShapes("student and teacher", all);
    Arguments.requireWidth("student", student.get(0), "centre", centre);
    all.add(centre);
    int students = student.size();
    return Precise.of(
        tf,
        all,
        in ->
            loss(
                tf,
                in.subList(0, students),
                in.subList(students, in.size() - 1),
                in.get(in.size() - 1)));
  }

  /**
   * Adds the next centre to the graph: {@code momentum centre + (1 - momentum) mean of all scores}.
   *
   * @param centre {@code [outputs]}
   * @param teacher scores of each of the teacher's views {@code [batch, outputs]}
   * @param momentum in {@code [0, 1]}
   * @return {@code [outputs]}, without gradient
   * @throws IllegalArgumentException if the shapes do not fit or the momentum is outside its range
   */
  public static <T extends TFloating> Operand<T> nextCentre(
      Ops tf, Operand<T> centre, List<Operand<T>> teacher, double momentum) {
    Arguments.require(momentum >= 0 && momentum <= 1, "momentum", "in [0, 1]", momentum);
    Arguments.requireSameShapes("teacher", teacher);
    Arguments.requireWidth("teacher", teacher.get(0), "centre", centre);
    Operand<T> mean = tf.math.mean(tf.concat(teacher, tf.constant(0)), tf.constant(0));
    return tf.stopGradient(
        tf.math.add(
            tf.math.mul(centre, Scalars.of(tf, centre, momentum)),
            tf.math.mul(mean, Scalars.of(tf, centre, 1.0 - momentum))));
  }

  private <T extends TFloating> Operand<T> loss(
      Ops tf, List<Operand<T>> student, List<Operand<T>> teacher, Operand<T> centre) {
    List<Operand<T>> terms = new ArrayList<>();
    for (int taught = 0; taught < teacher.size(); taught++) {
      Operand<T> target = target(tf, teacher.get(taught), centre);
      for (int view = 0; view < student.size(); view++) {
        if (view != taught) {
          terms.add(Scores.crossEntropy(tf, target, student.get(view), studentTemperature));
        }
      }
    }
    return Scores.mean(tf, terms);
  }

  private <T extends TFloating> Operand<T> target(Ops tf, Operand<T> scores, Operand<T> centre) {
    Operand<T> sharpened =
        tf.math.mul(tf.math.sub(scores, centre), Scalars.of(tf, scores, 1.0 / teacherTemperature));
    return tf.stopGradient(tf.nn.softmax(sharpened));
  }
}
