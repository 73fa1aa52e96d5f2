package dev.kindred.vision;

import dev.kindred.data.FeedSpec;
import dev.kindred.data.Feeds;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/** Lays images on the top left corners of square canvases, as tensors. */
final class ImagePacker {
  static final String PIXELS = "pixels";
  static final String EXTENTS = "extents";

  private static final int CHANNELS = 3;

  private final int side;

  ImagePacker(int side) {
    this.side = side;
  }

  List<FeedSpec> feeds() {
    return List.of(
        new FeedSpec(PIXELS, TUint8.class, Shape.of(Shape.UNKNOWN_SIZE, CHANNELS, side, side)),
        new FeedSpec(EXTENTS, TInt32.class, Shape.of(Shape.UNKNOWN_SIZE, 2)));
  }

  Feeds pack(List<Image> images) {
    TUint8 pixels = TUint8.tensorOf(Shape.of(images.size(), CHANNELS, side, side));
    ByteDataBuffer buffer = pixels.asRawTensor().data();
    int[][] extents = new int[images.size()][];
    long canvas = (long) CHANNELS * side * side;
    for (int i = 0; i < extents.length; i++) {
      Image image = images.get(i).fit(side);
      write(image, buffer.slice(i * canvas, canvas));
      extents[i] = new int[] {image.height(), image.width()};
    }
    return new Feeds(
        extents.length,
        Map.of(PIXELS, pixels, EXTENTS, TInt32.tensorOf(StdArrays.ndCopyOf(extents))));
  }

  private void write(Image image, ByteDataBuffer canvas) {
    if (image.height() == side && image.width() == side) {
      canvas.write(image.samples());
      return;
    }
    canvas.write(new byte[Math.toIntExact(canvas.size())]);
    byte[] source = image.samples();
    int rows = CHANNELS * image.height();
    for (int row = 0; row < rows; row++) {
      long target = ((long) (row / image.height()) * side + row % image.height()) * side;
      canvas.offset(target).write(source, row * image.width(), image.width());
    }
  }
}
