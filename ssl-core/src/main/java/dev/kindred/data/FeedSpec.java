package dev.kindred.data;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TType;

/**
 * One tensor that the host feeds into the graph at every step.
 *
 * @param name the placeholder's name in the graph, also the input's name in a saved model
 * @param type the tensor's type, such as {@code TUint8.class}
 * @param shape the tensor's shape; the batch dimension is {@link Shape#UNKNOWN_SIZE}
 */
public record FeedSpec(String name, Class<? extends TType> type, Shape shape) {}
