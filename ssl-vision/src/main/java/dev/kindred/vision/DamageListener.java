package dev.kindred.vision;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import org.jspecify.annotations.Nullable;

/** Remembers a decoder's warning that pixels are missing or wrong, not those of mere untidiness. */
final class DamageListener implements IIOReadWarningListener {
  private @Nullable String damage;

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    if (damage == null && isDamage(warning)) {
      damage = warning;
    }
  }

  // libjpeg's own words, which Java passes on untranslated.
  private static boolean isDamage(String warning) {
    return warning.startsWith("Premature end")
        || (warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous bytes"));
  }

  void throwIfAny(ImageFormat format) throws UnreadableImageException {
    if (damage != null) {
      throw new UnreadableImageException("damaged " + format.title() + ": " + damage);
    }
  }
}
