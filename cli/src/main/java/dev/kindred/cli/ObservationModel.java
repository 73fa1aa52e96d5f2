package dev.kindred.cli;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.evaluation.Neighbour;
import dev.kindred.rl.ObservationEncoder;
import dev.kindred.rl.data.Clip;
import dev.kindred.rl.data.Clips;
import dev.kindred.rl.data.Recording;
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
        Clips clips = Clips.of(recording, encoder.shape().stack(), 0)) {
      return encoder.embed(clips);
    }
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
