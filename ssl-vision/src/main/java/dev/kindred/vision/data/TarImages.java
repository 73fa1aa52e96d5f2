package dev.kindred.vision.data;

import dev.kindred.data.ShardContent;
import dev.kindred.data.ShardExamples;
import dev.kindred.data.TarShards;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageDecoder;

/**
 * The pictures in tar shards, as WebDataset lays them out: entries called {@code .jpg}, {@code
 * .jpeg}, {@code .png}, {@code .bmp}, {@code .gif} or {@code .webp} in any letter case, each with
 * its class in the {@code .cls} beside it if it has one. See {@link TarShards} for what is read,
 * and what is refused. Read by {@link ImageDecoder} at {@link #get}, nothing is kept, and nothing
 * is written.
 *
 * <p>Ids are the keys. The {@link #stretches} are the shards. Pictures that cannot be decoded, or
 * have more than {@link ImageDecoder#MAX_FILE_BYTES} bytes, stay in the set: {@link #get} throws
 * for them. Immutable and safe for use from several threads.
 */
public final class TarImages extends ShardExamples<Image> implements ImageFiles {
  private static final ShardContent CONTENT =
      new ShardContent("image", FolderListing.EXTENSIONS, (int) ImageDecoder.MAX_FILE_BYTES);

  private final ImageDecoder decoder;

  private TarImages(TarShards shards, ImageDecoder decoder, String description) {
    super(shards, description);
    this.decoder = decoder;
  }

  /**
   * Opens shards.
   *
   * @param pattern their path, with wildcards and ranges as {@link TarShards#open} takes them
   * @throws dev.kindred.runtime.KindredException as there
   * @throws IllegalArgumentException as there
   */
  public static TarImages open(String pattern) {
    return new TarImages(
        TarShards.open(pattern, CONTENT), ImageDecoder.defaults(), "tar " + pattern);
  }

  /** {@inheritDoc} They are closed with these. */
  @Override
  public TarImages decodeTo(int maxSide) {
    return new TarImages(shards(), decoder.maxSide(maxSide), description());
  }

  @Override
  public Image get(int index) {
    return decoder.decode(shards().content(index), id(index));
  }

  @Override
  public byte[] encoded(int index) {
    return shards().content(index);
  }

  @Override
  public String extension(int index) {
    return shards().extension(index);
  }
}
