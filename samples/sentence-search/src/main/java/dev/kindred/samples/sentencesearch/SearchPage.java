package dev.kindred.samples.sentencesearch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kindred.runtime.KindredException;
import dev.kindred.samples.sentencesearch.SentenceSearch.Found;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A page to search with, for the browsers of this machine only. It is one form and needs neither
 * scripts nor anything from elsewhere; texts are shown as text, whatever they hold.
 */
final class SearchPage implements AutoCloseable {
  private static final int LONGEST_QUERY = 2000;
  private static final int SHOWN = 20;
  private static final int THREADS = 4;

  /** Against pages of other sites whose name was made to lead here (DNS rebinding). */
  private static final String OWN_HOST = "(?i)(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?";

  private static final String ALLOWED =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self';"
          + " base-uri 'none'; frame-ancestors 'none'";

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Sentence search</title>
      <link rel="icon" href="data:,">
      <style>
      :root { color-scheme: light dark; font: 17px/1.5 system-ui, sans-serif }
      body { max-width: 44rem; margin: 3rem auto; padding: 0 1rem }
      h1 { font-size: 1.4rem }
      form { display: flex; gap: .5rem }
      input { flex: 1; min-width: 0 }
      input, button { font: inherit; padding: .5rem .8rem; border: 1px solid gray; border-radius: .4rem }
      ol { padding: 0; list-style: none }
      li { padding: .8rem 0; border-bottom: 1px solid #8884 }
      p { margin: 0; overflow-wrap: anywhere }
      small { display: flex; gap: .6rem; align-items: center; opacity: .75; overflow-wrap: anywhere }
      meter { width: 5rem; flex: none }
      .note { margin: 1rem 0; opacity: .75 }
      </style>
      </head>
      <body>
      <h1>Sentence search</h1>
      <form role="search">
      <input type="search" name="q" value="%s" maxlength="%d" aria-label="What to look for" dir="auto" required autofocus>
      <button>Search</button>
      </form>
      %s
      </body>
      </html>
      """;

  private static final String RESULT =
      """
      <li>
      <p dir="auto">%s</p>
      <small><meter value="%s">%2$s</meter> %2$s <span>%s, sentence %s</span></small>
      </li>
      """;

  private final SentenceSearch search;
  private final HttpServer server;
  private final ExecutorService threads;

  /** What is sent back. */
  private record Answer(int status, String page) {}

  private SearchPage(SentenceSearch search, HttpServer server) {
    this.search = search;
    this.server = server;
    this.threads = Executors.newFixedThreadPool(THREADS);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Starts to serve.
   *
   * @param search which stays open at least as long
   * @param port 0 for any that is free
   * @throws KindredException if the port cannot be had
   */
  static SearchPage serve(SentenceSearch search, int port) {
    InetAddress here = InetAddress.getLoopbackAddress();
    try {
      return new SearchPage(search, HttpServer.create(new InetSocketAddress(here, port), 0));
    } catch (IOException e) {
      throw new KindredException(
          "port %d: cannot be served on (%s); choose another".formatted(port, e.getMessage()), e);
    }
  }

  /** Where the page is. */
  URI address() {
    return URI.create("http://localhost:%d/".formatted(server.getAddress().getPort()));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      byte[] page = answer.page().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      exchange.getResponseHeaders().set("Content-Security-Policy", ALLOWED);
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), head ? -1 : page.length);
      if (!head) {
        exchange.getResponseBody().write(page);
      }
    }
  }

  private Answer answer(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (host == null || !host.matches(OWN_HOST)) {
      return note(421, "This page answers to the name localhost only.");
    }
    if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
      return note(405, "This page can only be read.");
    }
    if (!exchange.getRequestURI().getPath().equals("/")) {
      return note(404, "There is no such page.");
    }
    try {
      return found(query(exchange.getRequestURI().getRawQuery()));
    } catch (RuntimeException e) {
      return note(500, "The search failed: " + e.getMessage());
    }
  }

  /** The first value called {@code q}, stripped; empty if there is none. */
  private static String query(@Nullable String parameters) {
    return Arrays.stream(parameters == null ? new String[0] : parameters.split("&"))
        .filter(parameter -> parameter.startsWith("q="))
        .map(parameter -> URLDecoder.decode(parameter.substring(2), StandardCharsets.UTF_8).strip())
        .findFirst()
        .orElse("");
  }

  private Answer found(String query) {
    if (query.isEmpty()) {
      return note(200, "%,d sentences to search by what they mean.".formatted(search.size()));
    }
    if (query.length() > LONGEST_QUERY) {
      return note(
          400,
          "A query has at most %,d characters, this one has %,d: ask with a sentence."
              .formatted(LONGEST_QUERY, query.length()));
    }
    String results =
        search.nearest(query, SHOWN).stream().map(SearchPage::result).collect(Collectors.joining());
    return new Answer(200, page(query, "<ol>\n" + results + "</ol>"));
  }

  private static Answer note(int status, String words) {
    return new Answer(status, page("", "<p class=\"note\">" + escaped(words) + "</p>"));
  }

  private static String page(String query, String below) {
    return PAGE.formatted(escaped(query), LONGEST_QUERY, below);
  }

  private static String result(Found found) {
    return RESULT.formatted(
        escaped(found.text()),
        String.format(Locale.ROOT, "%.3f", found.similarity()),
        escaped(found.file()),
        escaped(found.number()));
  }

  /** Text that a browser shows as it is, also within an attribute. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
