package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.Neighbour;
import dev.kindred.rl.ObservationEncoder;
import dev.kindred.rl.StackShape;
import dev.kindred.rl.data.Clip;
import dev.kindred.rl.data.Clips;
import dev.kindred.rl.data.Recording;
import dev.kindred.runtime.KindredException;
import dev.kindred.vision.data.Split;
import java.nio.file.Path;

/** A saved encoder of observations, and the recordings that it embeds. */
final class ObservationModel implements Model<Clip> {
  private static final String NOUN = RlTrainingOptions.DOMAIN;

  private final ObservationEncoder encoder;

  private ObservationModel(ObservationEncoder encoder) {
    this.encoder = encoder;
  }

  /** Opens the encoder in {@code folder}, refusing what only texts have. */
  static ObservationModel load(Path folder, LongTextsOption longTexts) {
    longTexts.refuse(NOUN);
    return new ObservationModel(ObservationEncoder.load(folder));
  }

  @Override
  public String noun() {
    return NOUN;
  }

  @Override
  public ObservationEncoder embedder() {
    return encoder;
  }

  @Override
  public Dataset<Clip> labelled(String source, Split split, LabelledColumns columns) {
    throw new IllegalArgumentException(
        "observations have no classes to tell apart; kindred evaluate state measures this encoder");
  }

  @Override
  public Embeddings embed(SourceOption source, Split usual) {
    try (Recording recording = Recording.open(source.recording());
        Clips clips = clips(recording, encoder)) {
      return encoder.embed(clips);
    }
  }

  /**
   * The observations of {@code recording} as {@code encoder} takes them.
   *
   * @throws KindredException if its pictures are of another shape
   */
  static Clips clips(Recording recording, ObservationEncoder encoder) {
    StackShape wanted = encoder.shape();
    if (!wanted.equals(StackShape.of(recording, wanted.stack()))) {
      throw new KindredException(
          "%s: pictures must be [%d, %d, %d], as the encoder was trained on, are [%d, %d, %d]; record with --size %d"
                  .formatted(
                      recording.path(),
                      wanted.channels(),
                      wanted.height(),
                      wanted.width(),
                      recording.channels(),
                      recording.height(),
                      recording.width(),
                      wanted.height())
              + (wanted.channels() == 1 ? " --grey" : ""));
    }
    return Clips.of(recording, wanted.stack(), 0);
  }

  @Override
  public float[] query(String given) {
    throw new IllegalArgumentException(
        "kindred search looks for images and texts, but this encoder is for observations; kindred"
            + " embed writes their vectors");
  }

  @Override
  public String shown(Neighbour found) {
    return found.id();
  }

  @Override
  public void close() {
    encoder.close();
  }
}
