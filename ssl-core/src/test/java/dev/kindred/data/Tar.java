package dev.kindred.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tar file made by hand, so that it can be wrong. */
final class Tar {
  private static final int RECORD = 512;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Tar file(String name, String content) {
    return entry(name, '0', content.getBytes(UTF_8).length, content);
  }

  /** An entry that says what it likes of itself. */
  Tar entry(String name, char flag, long size, String content) {
    return raw(header(name, flag, "%011o".formatted(size))).raw(content);
  }

  /** A header with any size field. */
  static byte[] header(String name, char flag, String size) {
    byte[] header = new byte[RECORD];
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, size);
    put(header, 136, "00000000000");
    put(header, 148, "        ");
    header[156] = (byte) flag;
    put(header, 257, "ustar");
    put(header, 263, "00");
    int sum = 0;
    for (byte one : header) {
      sum += one & 0xFF;
    }
    put(header, 148, "%06o".formatted(sum));
    header[154] = 0;
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  /** Bytes, padded to whole records. */
  Tar raw(byte[] content) {
    bytes.writeBytes(content);
    bytes.writeBytes(new byte[(RECORD - content.length % RECORD) % RECORD]);
    return this;
  }

  Tar raw(String content) {
    return raw(content.getBytes(UTF_8));
  }

  /** What was written so far, without an end. */
  byte[] open() {
    return bytes.toByteArray();
  }

  /** All of it, with two records of zeros. */
  byte[] ended() {
    return new Tar().raw(open()).raw(new byte[2 * RECORD]).open();
  }

  /** Writes it, and returns where. */
  Path write(Path folder, String name) throws IOException {
    return Files.write(folder.resolve(name), ended());
  }
}
