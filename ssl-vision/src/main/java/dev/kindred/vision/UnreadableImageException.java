package dev.kindred.vision;

import java.io.IOException;

/** Why a file is no picture that can be decoded, in one line without the file's name. */
final class UnreadableImageException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableImageException(String reason) {
    super(reason);
  }
}
