package dev.kindred.losses;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Every loss of the module, each by its name, for what must hold for all of them. */
final class LossCases {
  static final int[] LABELS = {0, 1, 0, 2, 1, 0};
  static final double[] GOLD = {0.1, 0.9, 0.5, 0.5, 0.2, 0.7};
  static final double[] CENTRE = {0.3, -0.2, 0.1, 0};
  static final int BATCH = LABELS.length;
  static final int WIDTH = 4;

  static final Map<String, Case> ALL = cases();

  private LossCases() {}

  static Case named(String name) {
    return Objects.requireNonNull(ALL.get(name), name);
  }

  /**
   * A loss of some matrices.
   *
   * @param inOrder the loss for a batch whose example i is example {@code order[i]} of the usual
   *     one
   * @param inputs the number of its matrices
   * @param spherical whether only the directions of their rows count
   */
  record Case(Function<int[], Evaluated.Loss> inOrder, int inputs, boolean spherical) {
    Case(Evaluated.Loss loss, int inputs, boolean spherical) {
      this(order -> loss, inputs, spherical);
    }

    Evaluated.Loss loss() {
      return inOrder.apply(IntStream.range(0, BATCH).toArray());
    }

    double[][][] inputs(long seed) {
      Random random = new Random(seed);
      List<double[][]> inputs = new ArrayList<>();
      for (int i = 0; i < this.inputs; i++) {
        inputs.add(LossChecks.random(random, BATCH, WIDTH));
      }
      return inputs.toArray(double[][][]::new);
    }
  }

  private static Map<String, Case> cases() {
    Map<String, Case> all = new TreeMap<>();
    all.put("ntxent", pair(NtXent.withTemperature(0.3), true));
    all.put("infonce", pair(InfoNce.withTemperature(0.3), true));
    all.put("infonce symmetric", pair(InfoNce.withTemperature(0.3).symmetric(), true));
    all.put("infonce queue", queue(InfoNce.withTemperature(0.3)));
    all.put("infonce batch and queue", batchAndQueue(InfoNce.withTemperature(0.3)));
    all.put("infonce more negatives", moreNegatives(InfoNce.withTemperature(0.3)));
    all.put("infonce hard", hard(InfoNce.withTemperature(0.3).hardNegativeOffset(0.7)));
    all.put("dcl", pair(Dcl.withTemperature(0.3), true));
    all.put("logistic nce", pair(LogisticNce.withTemperature(0.3), true));
    all.put("siglip", pair(SigLip.standard(), true));
    all.put("npair", pair(new NPair(Similarity.DOT, 0.1), false));
    all.put("byol", target(Byol.standard()));
    all.put("simsiam", target(SimSiam.standard()));
    all.put("barlow twins", pair(BarlowTwins.withLambda(0.1), false));
    all.put("vicreg", pair(VicReg.standard(), false));
    all.put("swav", swav());
    all.put("labelled pairs", pair(new LabelledPairs(Triplet.withMargin(0.5)), true));
    all.put("alignment", pair(Alignment.standard(), true));
    all.put("alignment cubed", pair(new Alignment(3), true));
    all.put(
        "matryoshka", pair(new Matryoshka(NtXent.withTemperature(0.5), List.of(2, WIDTH)), false));
    all.put("uniformity", rows(Uniformity.standard()));
    all.put("koleo", rows(KoLeo.standard()));
    all.put("supcon", labelled(SupCon.withTemperature(0.3), true));
    all.put("contrastive margin", labelled(ContrastiveMargin.withMargin(3), false));
    for (Triplet.Mining mining : Triplet.Mining.values()) {
      Triplet triplet = Triplet.withMargin(0.5).mining(mining);
      all.put("triplet " + mining, labelled(triplet, true));
      all.put("triplet soft " + mining, labelled(triplet.withSoftMargin(), true));
      all.put("triplet swap " + mining, labelled(triplet.withSwap(), true));
    }
    for (Distance distance : Distance.values()) {
      all.put("triplet " + distance, labelled(Triplet.withMargin(0.4).distance(distance), true));
    }
    all.put("triplet raw", labelled(Triplet.withMargin(1).unnormalized(), false));
    all.put("cosent", cosent());
    all.put("dino", dino());
    all.put("nnclr", nnclr());
    return all;
  }

  private static Case pair(PairLoss loss, boolean spherical) {
    return new Case(Evaluated.pair(loss), 2, spherical);
  }

  private static Case target(PairLoss loss) {
    return new Case(Evaluated.toTarget(loss), 2, true);
  }

  private static Case rows(Regularizer term) {
    return new Case(Evaluated.rows(term), 1, true);
  }

  private static Case labelled(LabelLoss loss, boolean spherical) {
    return new Case(
        order -> Evaluated.labelled(loss, Arrays.stream(order).map(i -> LABELS[i]).toArray()),
        1,
        spherical);
  }

  private static Case queue(InfoNce loss) {
    return new Case(
        new Evaluated.Loss() {
          @Override
          public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> in) {
            return loss.withQueue(tf, in.get(0), in.get(1), in.get(2));
          }
        },
        3,
        true);
  }

  private static Case batchAndQueue(InfoNce loss) {
    return new Case(
        new Evaluated.Loss() {
          @Override
          public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> in) {
            return loss.withBatchAndQueue(tf, in.get(0), in.get(1), in.get(2));
          }
        },
        3,
        true);
  }

  private static Case moreNegatives(InfoNce loss) {
    return new Case(
        new Evaluated.Loss() {
          @Override
          public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> in) {
            return loss.withNegatives(tf, in.get(0), in.get(1), in.get(2));
          }

          @Override
          public int differentiated() {
            return 3;
          }
        },
        3,
        true);
  }

  private static Case hard(InfoNce loss) {
    return new Case(
        new Evaluated.Loss() {
          @Override
          public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> in) {
            return loss.withHardNegatives(tf, in.get(0), in.get(1), in.get(2));
          }

          @Override
          public int differentiated() {
            return 3;
          }
        },
        3,
        true);
  }

  private static Case cosent() {
    return new Case(
        order -> cosent(Arrays.stream(order).mapToDouble(i -> GOLD[i]).toArray()), 2, true);
  }

  static Evaluated.Loss cosent(double... gold) {
    return new Evaluated.Loss() {
      @Override
      public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> in) {
        Operand<T> like = in.get(0);
        return new CoSent(CoSent.DEFAULT_SCALE)
            .of(tf, like, in.get(1), tf.dtypes.cast(tf.constant(gold), like.type()));
      }

      @Override
      public int differentiated() {
        return 2;
      }
    };
  }

  private static Case swav() {
    return new Case(
        new Evaluated.Loss() {
          @Override
          public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> in) {
            SinkhornKnopp assignment = SinkhornKnopp.standard();
            return Swav.standard()
                .of(
                    tf,
                    in.subList(0, 3),
                    List.of(assignment.codes(tf, in.get(3)), assignment.codes(tf, in.get(4))));
          }

          @Override
          public int differentiated() {
            return 3;
          }
        },
        5,
        false);
  }

  private static Case dino() {
    return new Case(
        new Evaluated.Loss() {
          @Override
          public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> in) {
            Operand<T> like = in.get(0);
            return Dino.standard()
                .of(
                    tf,
                    List.of(like, in.get(1)),
                    List.of(in.get(2), in.get(3)),
                    tf.dtypes.cast(tf.constant(CENTRE), like.type()));
          }

          @Override
          public int differentiated() {
            return 2;
          }
        },
        4,
        false);
  }

  private static Case nnclr() {
    return new Case(
        new Evaluated.Loss() {
          @Override
          public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> in) {
            return new NnClr(0.3).of(tf, in.get(1), in.get(0), in.get(2));
          }
        },
        3,
        true);
  }
}
