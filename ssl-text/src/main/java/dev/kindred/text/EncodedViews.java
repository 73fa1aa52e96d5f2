package dev.kindred.text;

import dev.kindred.data.FeedSpec;
import dev.kindred.data.Feeds;
import dev.kindred.data.Randomness;
import dev.kindred.data.ViewPipeline;
import dev.kindred.text.tokenizer.Encoding;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;

/** The one view of texts that are cut into pieces already, and short enough. */
record EncodedViews(TextPacker packer) implements ViewPipeline<Encoding, Tokens> {
  @Override
  public String domain() {
    return TextViews.DOMAIN;
  }

  @Override
  public int views() {
    return 1;
  }

  @Override
  public List<FeedSpec> feeds() {
    return packer.feeds();
  }

  @Override
  public Feeds pack(List<Encoding> texts) {
    return packer.packed(texts);
  }

  @Override
  public List<Tokens> build(Ops tf, Map<String, Operand<?>> feeds, Randomness randomness) {
    return List.of(packer.fed(feeds, 0));
  }

  @Override
  public EncodedViews inference() {
    return this;
  }

  @Override
  public Map<String, Object> settings() {
    return packer.settings();
  }
}
