package dev.kindred.vision;

import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Chooses the Image I/O reader for a file: Java's own, but TwelveMonkeys' for WebP and for JPEG
 * files that Java's would show wrong.
 */
final class ImageReaders {
  private static final Map<Choice, ImageReaderSpi> PROVIDERS = new ConcurrentHashMap<>();

  private ImageReaders() {}

  /** A new reader, which the caller disposes of. */
  static ImageReader of(ImageFormat format, byte[] file) throws IOException {
    boolean own =
        switch (format) {
          case JPEG -> JpegFile.isOrdinary(new ByteReader(file, format.title()));
          case PNG, GIF, BMP -> true;
          case WEBP -> false;
        };
    Choice choice = new Choice(format, own ? "com.sun.imageio." : "com.twelvemonkeys.");
    return PROVIDERS.computeIfAbsent(choice, Choice::provider).createReaderInstance();
  }

  private record Choice(ImageFormat format, String packagePrefix) {
    ImageReaderSpi provider() {
      List<ImageReaderSpi> all = new ArrayList<>();
      ImageIO.getImageReadersByFormatName(format.toString())
          .forEachRemaining(reader -> all.add(reader.getOriginatingProvider()));
      return all.stream()
          .filter(spi -> spi.getClass().getName().startsWith(packagePrefix))
          .findFirst()
          .or(() -> all.stream().findFirst())
          .orElseThrow(this::missing);
    }

    private KindredException missing() {
      return new KindredException(
          "no Image I/O reader for %s; put com.twelvemonkeys.imageio:imageio-%s on the class path"
              .formatted(format.title(), format));
    }
  }
}
