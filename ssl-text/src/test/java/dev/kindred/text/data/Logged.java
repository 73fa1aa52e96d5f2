package dev.kindred.text.data;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class logs. */
final class Logged {
  private Logged() {}

  /** The lines from INFO on that {@code by} logs during {@code work}, each after its level. */
  static List<String> during(Class<?> by, Runnable work) {
    Logger logger = (Logger) LoggerFactory.getLogger(by);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(log);
    try {
      work.run();
    } finally {
      logger.detachAppender(log);
      logger.setAdditive(true);
      logger.setLevel(null);
    }
    return log.list.stream().map(e -> e.getLevel() + " " + e.getFormattedMessage()).toList();
  }
}
