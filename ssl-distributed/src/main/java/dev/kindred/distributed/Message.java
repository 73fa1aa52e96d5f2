package dev.kindred.distributed;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the roll call, in JSON.
 *
 * @param kind what it says
 * @param worker who it is about
 * @param step how far the sender is
 * @param text what it carries
 * @param workers the sender's list of workers
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record Message(
    Kind kind, int worker, long step, @Nullable String text, @Nullable List<String> workers) {

  /** What a message can say. */
  enum Kind {
    /** Who the sender is, and where its TensorFlow listens. */
    HELLO,
    /** The sender will not have the receiver, and why. */
    REFUSED,
    /** The sender is there. */
    ALIVE,
    /** The settings that the sender was given. */
    SETTINGS,
    /** What the first worker tells all. */
    TOLD,
    /** What a worker tells the first. */
    NOTE,
    /** A worker is lost, and how. */
    LOST,
    /** The sender's work is done. */
    DONE
  }

  static Message hello(int worker, List<String> workers, String channel) {
    return new Message(Kind.HELLO, worker, 0, channel, workers);
  }

  static Message alive(long step) {
    return new Message(Kind.ALIVE, 0, step, null, null);
  }

  static Message lost(int worker, String how) {
    return new Message(Kind.LOST, worker, 0, how, null);
  }

  static Message of(Kind kind, String text) {
    return new Message(kind, 0, 0, text, null);
  }
}
