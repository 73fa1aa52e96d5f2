package dev.kindred.train;

import dev.kindred.optim.GradientOf;
import dev.kindred.runtime.Collectives;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The sums of all workers' gradients. They travel in buckets of some megabytes, those of the last
 * layers first, which the backward pass has first: what is there travels while the rest is worked
 * out.
 */
final class SummedGradients {
  /** Large enough that latency does not count, small enough that there are several. */
  static final long BUCKET_BYTES = 4L << 20;

  private SummedGradients() {}

  static List<GradientOf> of(Ops tf, Collectives workers, List<GradientOf> own) {
    List<GradientOf> summed = new ArrayList<>();
    buckets(own, BUCKET_BYTES).forEach(bucket -> summed.addAll(sum(tf, workers, bucket)));
    Collections.reverse(summed);
    return summed;
  }

  /** Cuts a list into buckets, from its end. */
  static List<List<GradientOf>> buckets(List<GradientOf> own, long bytes) {
    List<List<GradientOf>> buckets = new ArrayList<>();
    long room = 0;
    for (int i = own.size() - 1; i >= 0; i--) {
      long size = own.get(i).parameter().size() * Float.BYTES;
      if (buckets.isEmpty() || size > room) {
        buckets.add(new ArrayList<>());
        room = bytes;
      }
      buckets.get(buckets.size() - 1).add(own.get(i));
      room -= size;
    }
    return buckets;
  }

  private static List<GradientOf> sum(Ops tf, Collectives workers, List<GradientOf> bucket) {
    int[] sizes =
        bucket.stream().mapToInt(one -> Math.toIntExact(one.parameter().size())).toArray();
    Operand<TFloat32> all = workers.sum(tf, flat(tf, bucket));
    List<GradientOf> sums = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < sizes.length; i++) {
      Operand<TFloat32> part = tf.slice(all, tf.array(first), tf.array(sizes[i]));
      long[] shape = bucket.get(i).parameter().variable().shape().asArray();
      sums.add(new GradientOf(bucket.get(i).parameter(), tf.reshape(part, tf.constant(shape))));
      first += sizes[i];
    }
    return sums;
  }

  private static Operand<TFloat32> flat(Ops tf, List<GradientOf> bucket) {
    List<Operand<TFloat32>> flat = new ArrayList<>();
    bucket.forEach(one -> flat.add(tf.reshape(one.gradient(), tf.array(-1))));
    return flat.size() == 1 ? flat.get(0) : tf.concat(flat, tf.constant(0));
  }
}
