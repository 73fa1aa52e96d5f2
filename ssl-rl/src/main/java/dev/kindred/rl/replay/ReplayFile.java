package dev.kindred.rl.replay;

import dev.kindred.rl.env.Space;
import dev.kindred.runtime.FileErrors;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.WholeFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/** The file of a {@link ReplayBuffer}; {@link ReplayBuffer#save} says what is in it. */
final class ReplayFile {
  private static final byte[] MAGIC = "KNDRPLY1".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = MAGIC.length + 5 * Integer.BYTES + 2 * Long.BYTES;

  private ReplayFile() {}

  private record Header(
      int observationBytes,
      int actionBytes,
      int capacity,
      int stack,
      int transitions,
      long first,
      long observations) {

    static Header of(ReplayBuffer<?, ?> buffer) {
      long first = buffer.log().first();
      return new Header(
          buffer.observations().bytes(),
          buffer.actions().bytes(),
          buffer.capacity(),
          buffer.stack(),
          buffer.size(),
          first,
          buffer.log().end() - first);
    }

    void write(DataOutputStream out) throws IOException {
      out.write(MAGIC);
      out.writeInt(observationBytes);
      out.writeInt(actionBytes);
      out.writeInt(capacity);
      out.writeInt(stack);
      out.writeInt(transitions);
      out.writeLong(first);
      out.writeLong(observations);
    }

    static Header read(DataInputStream in) throws IOException {
      return new Header(
          in.readInt(),
          in.readInt(),
          in.readInt(),
          in.readInt(),
          in.readInt(),
          in.readLong(),
          in.readLong());
    }
  }

  static void write(Path file, ReplayBuffer<?, ?> buffer) {
    WholeFile.write(file, out -> write(out, buffer));
  }

  private static void write(OutputStream stream, ReplayBuffer<?, ?> buffer) throws IOException {
    CheckedOutputStream summed = new CheckedOutputStream(stream, new CRC32());
    DataOutputStream out = new DataOutputStream(summed);
    Header.of(buffer).write(out);
    ObservationLog log = buffer.log();
    for (long i = log.first(); i < log.end(); i++) {
      out.write(log.chunk(i), log.offset(i), buffer.observations().bytes());
    }
    TransitionRing ring = buffer.ring();
    for (long i = ring.first(); i < ring.end(); i++) {
      out.writeLong(ring.observation(i));
      out.writeLong(ring.start(i));
      out.writeFloat(ring.reward(i));
      out.writeByte(ring.ending(i));
      out.write(ring.actions(), ring.actionOffset(i), buffer.actions().bytes());
    }
    out.writeLong(summed.getChecksum().getValue());
    out.flush();
  }

  static <O, A> ReplayBuffer<O, A> read(Path file, Space<O> observations, Space<A> actions) {
    try (DataInputStream in = open(file)) {
      Header header = header(file, in);
      require(file, "observations", header.observationBytes, TensorFormat.of(observations));
      require(file, "actions", header.actionBytes, TensorFormat.of(actions));
      ReplayBuffer<O, A> buffer =
          new ReplayBuffer<>(observations, actions, header.capacity, header.stack, header.first);
      fill(buffer, header, in);
      return buffer;
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
  }

  /** The header of a file that is whole, its content included: nothing is made of a damaged one. */
  private static Header header(Path file, DataInputStream in) throws IOException {
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      throw new KindredException(
          file + ": is not a replay buffer's file, which begins with KNDRPLY1; check the path");
    }
    long size = Files.size(file);
    if (size < HEADER + Long.BYTES || !summed(file, size)) {
      throw new KindredException(
          "%s: is truncated or damaged (%d bytes, whose check sum differs); restore it from a copy"
              .formatted(file, size));
    }
    return Header.read(in);
  }

  private static boolean summed(Path file, long size) throws IOException {
    try (CheckedInputStream summed = new CheckedInputStream(open(file), new CRC32())) {
      summed.skip(size - Long.BYTES);
      long sum = summed.getChecksum().getValue();
      return new DataInputStream(summed).readLong() == sum;
    }
  }

  private static void require(Path file, String what, int bytes, TensorFormat<?> format) {
    if (bytes != format.bytes()) {
      throw new KindredException(
          "%s: %s must be of %s bytes, were of %d; give the spaces that it was saved with"
              .formatted(file, what, format.bytes(), bytes));
    }
  }

  private static void fill(ReplayBuffer<?, ?> buffer, Header header, DataInputStream in)
      throws IOException {
    byte[] one = new byte[header.observationBytes];
    for (long i = 0; i < header.observations; i++) {
      in.readFully(one);
      buffer.log().add((chunk, offset) -> System.arraycopy(one, 0, chunk, offset, one.length));
    }
    TransitionRing ring = buffer.ring();
    for (int i = 0; i < header.transitions; i++) {
      long observation = in.readLong();
      long start = in.readLong();
      float reward = in.readFloat();
      byte ending = in.readByte();
      in.readFully(ring.actions(), ring.actionOffset(ring.end()), header.actionBytes);
      ring.add(observation, start, reward, ending);
    }
    if (ring.size() > 0) {
      ring.cut();
    }
  }
}
