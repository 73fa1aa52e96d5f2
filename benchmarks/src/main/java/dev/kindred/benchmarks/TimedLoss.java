package dev.kindred.benchmarks;

import dev.kindred.losses.Alignment;
import dev.kindred.losses.BarlowTwins;
import dev.kindred.losses.Byol;
import dev.kindred.losses.CoSent;
import dev.kindred.losses.ContrastiveMargin;
import dev.kindred.losses.Dcl;
import dev.kindred.losses.Dino;
import dev.kindred.losses.InfoNce;
import dev.kindred.losses.KoLeo;
import dev.kindred.losses.LabelLoss;
import dev.kindred.losses.LogisticNce;
import dev.kindred.losses.Matryoshka;
import dev.kindred.losses.NPair;
import dev.kindred.losses.NnClr;
import dev.kindred.losses.NtXent;
import dev.kindred.losses.PairLoss;
import dev.kindred.losses.SigLip;
import dev.kindred.losses.SimSiam;
import dev.kindred.losses.SupCon;
import dev.kindred.losses.Swav;
import dev.kindred.losses.Triplet;
import dev.kindred.losses.Uniformity;
import dev.kindred.losses.VicReg;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Every loss of the module at its usual settings, as a loss of two matrices. */
@SuppressWarnings("ImmutableEnumChecker") // each builds a graph and keeps nothing
public enum TimedLoss {
  /** NT-Xent. */
  NT_XENT(pair(NtXent.withTemperature(0.5))),
  /** NT-Xent in eight blocks of rows. */
  NT_XENT_IN_8_BLOCKS(pair(NtXent.withTemperature(0.5).inBlocks(8))),
  /** InfoNCE in one direction. */
  INFO_NCE(pair(InfoNce.withTemperature(0.1))),
  /** InfoNCE in both directions. */
  INFO_NCE_SYMMETRIC(pair(InfoNce.withTemperature(0.1).symmetric())),
  /** MoCo's, with a queue of 4,096 rows. */
  INFO_NCE_QUEUE((tf, a, b) -> InfoNce.withTemperature(0.1).withQueue(tf, a, b, queue(tf, b))),
  /** Decoupled contrastive learning. */
  DCL(pair(Dcl.withTemperature(0.5))),
  /** Logistic NCE. */
  LOGISTIC_NCE(pair(LogisticNce.withTemperature(0.5))),
  /** SigLIP. */
  SIG_LIP(pair(SigLip.standard())),
  /** N-pair. */
  N_PAIR(pair(NPair.standard())),
  /** Supervised contrastive, both matrices as one batch, ten classes. */
  SUP_CON(labelled(SupCon.withTemperature(0.1))),
  /** The contrastive loss with a margin, ten classes. */
  CONTRASTIVE_MARGIN(labelled(ContrastiveMargin.withMargin(1))),
  /** All triplets. */
  TRIPLET(labelled(Triplet.withMargin(0.2))),
  /** Semi-hard triplets. */
  TRIPLET_SEMI_HARD(labelled(Triplet.withMargin(0.2).mining(Triplet.Mining.SEMI_HARD))),
  /** Each anchor's hardest triplet. */
  TRIPLET_BATCH_HARD(labelled(Triplet.withMargin(0.2).mining(Triplet.Mining.BATCH_HARD))),
  /** BYOL. */
  BYOL(pair(Byol.standard())),
  /** SimSiam. */
  SIM_SIAM(pair(SimSiam.standard())),
  /** Barlow Twins. */
  BARLOW_TWINS(pair(BarlowTwins.withLambda(BarlowTwins.DEFAULT_LAMBDA))),
  /** VICReg. */
  VIC_REG(pair(VicReg.standard())),
  /** SwAV, the columns as prototypes. */
  SWAV(pair(Swav.standard())),
  /** DINO, the columns as outputs. */
  DINO(
      (tf, a, b) ->
          Dino.standard().of(tf, List.of(a, b), List.of(b, a), tf.math.mean(a, tf.constant(0)))),
  /** NNCLR with a support set of 4,096 rows. */
  NN_CLR((tf, a, b) -> new NnClr(NnClr.DEFAULT_TEMPERATURE).of(tf, a, b, queue(tf, a))),
  /** CoSENT, the gold values the first matrix's first column. */
  CO_SENT(
      (tf, a, b) ->
          new CoSent(CoSent.DEFAULT_SCALE)
              .of(tf, a, b, tf.gather(a, tf.constant(0), tf.constant(1)))),
  /** NT-Xent at the widths 32, 64 and 128. */
  MATRYOSHKA(pair(new Matryoshka(NtXent.withTemperature(0.5), List.of(32, 64, 128)))),
  /** Alignment. */
  ALIGNMENT(pair(Alignment.standard())),
  /** Uniformity, both matrices as one batch. */
  UNIFORMITY((tf, a, b) -> Uniformity.standard().of(tf, both(tf, a, b))),
  /** KoLeo, both matrices as one batch. */
  KO_LEO((tf, a, b) -> KoLeo.standard().of(tf, both(tf, a, b)));

  private final Build build;

  /** Adds a loss to a graph. */
  private interface Build {
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b);
  }

  TimedLoss(Build build) {
    this.build = build;
  }

  private static Build pair(PairLoss loss) {
    return loss::of;
  }

  private static Build labelled(LabelLoss loss) {
    return (tf, a, b) -> loss.of(tf, both(tf, a, b), labels(tf, a, b));
  }

  /** Adds the loss of {@code a} and {@code b}, both {@code [batch, dim]}, to the graph. */
  Operand<TFloat32> of(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    return build.of(tf, a, b);
  }

  private static Operand<TFloat32> both(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    return tf.concat(List.of(a, b), tf.constant(0));
  }

  private static Operand<TInt32> labels(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    int[] labels = new int[Math.toIntExact(a.shape().get(0) + b.shape().get(0))];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 10;
    }
    return tf.constant(labels);
  }

  private static Operand<TFloat32> queue(Ops tf, Operand<TFloat32> rows) {
    int times = Math.toIntExact(4096 / rows.shape().get(0));
    return tf.tile(rows, tf.constant(new int[] {times, 1}));
  }
}
