package dev.kindred.cli;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A film that runs at the worlds' own speed, again and again. */
final class AnimatedGif implements Film {
  /** All worlds make fifty steps in a second; the format counts in hundredths. */
  private static final int DELAY = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ImageOutputStream out = new MemoryCacheImageOutputStream(bytes);
  private final ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
  private boolean begun;

  @Override
  public void add(BufferedImage picture) {
    try {
      if (!begun) {
        writer.setOutput(out);
        writer.prepareWriteSequence(null);
      }
      writer.writeToSequence(new IIOImage(picture, null, settings(picture, !begun)), null);
      begun = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public byte[] bytes() {
    try {
      writer.endWriteSequence();
      out.close();
      writer.dispose();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private IIOMetadata settings(RenderedImage picture, boolean first) throws IOException {
    IIOMetadata settings =
        writer.getDefaultImageMetadata(
            ImageTypeSpecifier.createFromRenderedImage(picture), writer.getDefaultWriteParam());
    String format = settings.getNativeMetadataFormatName();
    IIOMetadataNode root = new IIOMetadataNode(format);
    root.appendChild(timing());
    if (first) {
      root.appendChild(endless());
    }
    settings.mergeTree(format, root);
    return settings;
  }

  private static IIOMetadataNode timing() {
    IIOMetadataNode timing = new IIOMetadataNode("GraphicControlExtension");
    timing.setAttribute("disposalMethod", "none");
    timing.setAttribute("userInputFlag", "FALSE");
    timing.setAttribute("transparentColorFlag", "FALSE");
    timing.setAttribute("delayTime", String.valueOf(DELAY));
    timing.setAttribute("transparentColorIndex", "0");
    return timing;
  }

  /** Netscape's extension, which all viewers know: one byte, and 0 for no end as two. */
  private static IIOMetadataNode endless() {
    IIOMetadataNode extension = new IIOMetadataNode("ApplicationExtension");
    extension.setAttribute("applicationID", "NETSCAPE");
    extension.setAttribute("authenticationCode", "2.0");
    extension.setUserObject(new byte[] {1, 0, 0});
    IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
    extensions.appendChild(extension);
    return extensions;
  }
}
