package dev.kindred.weights;

import dev.kindred.runtime.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A parameter as PyTorch's libraries keep it: one tensor, or several of one shape whose rows, one
 * tensor's after another's, are its own.
 *
 * @param names of the tensors, such as {@code layer1.0.conv1.weight}
 * @param layout of the rows together
 */
public record TorchParameter(List<String> names, TorchLayout layout) {
  /**
   * Copies the names.
   *
   * @throws IllegalArgumentException if there is none
   */
  public TorchParameter {
    Require.that(!names.isEmpty(), "names", "at least one", "none");
    names = List.copyOf(names);
  }

  /** One tensor. */
  public static TorchParameter of(String name, TorchLayout layout) {
    return new TorchParameter(List.of(name), layout);
  }

  /**
   * The shape that each tensor has there, of what has this shape here.
   *
   * @throws IllegalArgumentException if the rows cannot be shared out evenly
   */
  public long[] shape(long[] ours) {
    long[] shape = layout.shape(ours).clone();
    if (names.size() > 1) {
      Require.that(
          shape.length > 0 && shape[0] % names.size() == 0,
          names.get(0) + "'s rows",
          "a multiple of %d tensors".formatted(names.size()),
          Arrays.toString(shape));
      shape[0] /= names.size();
    }
    return shape;
  }

  /** The tensors there of what has this shape and these values here. */
  public List<NamedTensor> toTorch(long[] ours, float[] values) {
    float[] all = layout.toTorch(ours, values);
    long[] shape = shape(ours);
    int size = all.length / names.size();
    List<NamedTensor> tensors = new ArrayList<>();
    for (String name : names) {
      int from = tensors.size() * size;
      tensors.add(new NamedTensor(name, shape, Arrays.copyOfRange(all, from, from + size)));
    }
    return tensors;
  }

  /**
   * The values here, of this shape, of the tensors there.
   *
   * @param tensors one for each name, in that order, each of {@link #shape}
   */
  public float[] fromTorch(long[] ours, List<NamedTensor> tensors) {
    float[] all = new float[tensors.stream().mapToInt(tensor -> tensor.values().length).sum()];
    int at = 0;
    for (NamedTensor tensor : tensors) {
      System.arraycopy(tensor.values(), 0, all, at, tensor.values().length);
      at += tensor.values().length;
    }
    return layout.fromTorch(ours, all);
  }
}
