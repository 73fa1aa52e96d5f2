package dev.kindred.train;

import dev.kindred.runtime.FileErrors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

/**
 * Writes the run's numbers as TensorBoard reads them: {@code events.out.tfevents.*} in the run's
 * folder, one file a start. The start of a resumed run tells TensorBoard to drop what came after
 * its step.
 */
final class TensorBoardEvents implements TrainingListener {
  private final Clock clock;
  private @Nullable Path file;
  private @Nullable OutputStream out;

  TensorBoardEvents(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void onStart(RunStart start) {
    Path path =
        start.folder().resolve("events.out.tfevents.%010d.%d".formatted(seconds(), start.step()));
    file = path;
    try {
      out = Files.newOutputStream(path);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(path, e);
    }
    write(event(0).setFileVersion("brain.Event:2"));
    write(
        event(start.step() + 1)
            .setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START)));
  }

  @Override
  public void onStep(StepReport report) {
    if (report.step() % MetricsFile.EVERY == 0) {
      Summary.Builder summary = Summary.newBuilder();
      add(summary, "step/loss", report.loss());
      add(summary, "step/learning_rate", report.learningRate());
      report.metrics().forEach((name, value) -> add(summary, "step/" + name, value));
      write(event(report.step()).setSummary(summary));
    }
  }

  @Override
  public void onEpoch(EpochReport report) {
    Summary.Builder summary = Summary.newBuilder();
    if (report.epoch() > 0) {
      add(summary, "epoch/loss", (float) report.loss());
      add(summary, "epoch/examples_per_second", (float) report.examplesPerSecond());
    }
    report.metrics().forEach((name, value) -> add(summary, "epoch/" + name, value.floatValue()));
    write(event(report.step()).setSummary(summary));
  }

  @Override
  public void close() {
    if (out != null) {
      try {
        out.close();
      } catch (IOException e) {
        throw FileErrors.cannotWrite(java.util.Objects.requireNonNull(file), e);
      }
    }
  }

  private Event.Builder event(long step) {
    return Event.newBuilder().setWallTime(clock.millis() / 1000.0).setStep(step);
  }

  private long seconds() {
    return clock.millis() / 1000;
  }

  private static void add(Summary.Builder summary, String tag, float value) {
    summary.addValue(Summary.Value.newBuilder().setTag(tag).setSimpleValue(value));
  }

  /** A record: length, masked sum of the length, the data, masked sum of the data. */
  private void write(Event.Builder event) {
    byte[] data = event.build().toByteArray();
    byte[] length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length).array();
    OutputStream to = java.util.Objects.requireNonNull(out);
    try {
      to.write(length);
      to.write(maskedSum(length));
      to.write(data);
      to.write(maskedSum(data));
    } catch (IOException e) {
      throw FileErrors.cannotWrite(java.util.Objects.requireNonNull(file), e);
    }
  }

  private static byte[] maskedSum(byte[] data) {
    CRC32C sum = new CRC32C();
    sum.update(data);
    int crc = (int) sum.getValue();
    int masked = Integer.rotateRight(crc, 15) + 0xa282ead8;
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
  }
}
