package dev.kindred.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** Writes one file. The header is made, and its rules are checked, before anything is written. */
final class TensorWriter {
  private static final int CHUNK = 1 << 16;

  private final List<NamedTensor> tensors;
  private final byte[] header;

  TensorWriter(List<NamedTensor> tensors, Map<String, String> metadata) {
    this.tensors = List.copyOf(tensors);
    this.header =
        HeaderWriter.header(
            this.tensors.stream()
                .map(tensor -> Entry.at(0, tensor.name(), Dtype.F32, tensor.shape()))
                .toList(),
            metadata);
  }

  void write(OutputStream out) throws IOException {
    out.write(header);
    byte[] chunk = new byte[CHUNK];
    for (NamedTensor tensor : tensors) {
      writeValues(tensor.values(), chunk, out);
    }
  }

  private static void writeValues(float[] values, byte[] chunk, OutputStream out)
      throws IOException {
    FloatBuffer floats = HeaderWriter.littleEndian(chunk).asFloatBuffer();
    for (int at = 0; at < values.length; ) {
      int count = Math.min(floats.capacity(), values.length - at);
      floats.rewind().put(values, at, count);
      out.write(chunk, 0, count * Float.BYTES);
      at += count;
    }
  }
}
