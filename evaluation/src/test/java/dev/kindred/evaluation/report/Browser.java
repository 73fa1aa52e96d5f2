package dev.kindred.evaluation.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A page in a headless Chromium, driven by the DevTools protocol over a web socket of the JDK: no
 * driver and no library, but the browser itself must be there.
 */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LISTENING = "DevTools listening on ";
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private String session = "";

  private Browser(Process process, URI address) {
    this.process = process;
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address, new Answers())
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join();
  }

  /** Where a Chromium is: CHROMIUM of the environment, or on the PATH. */
  static Optional<Path> find() {
    Stream<Path> named = Stream.ofNullable(System.getenv("CHROMIUM")).map(Path::of);
    String[] folders = System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator);
    Stream<Path> onPath =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)));
    return Stream.concat(named, onPath).filter(Files::isExecutable).findFirst();
  }

  /** Starts {@code chromium} with an empty profile in {@code profile}, and a blank page. */
  static Browser start(Path chromium, Path profile) throws IOException {
    Process process =
        new ProcessBuilder(
                chromium.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      Browser browser = new Browser(process, address(process));
      browser.openTab();
      return browser;
    } catch (RuntimeException | IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** The first lines are read until the address comes; the rest by nobody's thread but one. */
  private static URI address(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    List<String> said = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.add(line);
      if (line.startsWith(LISTENING)) {
        Thread drain = new Thread(() -> lines.lines().forEach(ignored -> {}), "chromium-errors");
        drain.setDaemon(true);
        drain.start();
        return URI.create(line.substring(LISTENING.length()).strip());
      }
    }
    throw new IOException("Chromium ended before it listened: " + String.join("\n", said));
  }

  private void openTab() {
    String target =
        call("Target.createTarget", Map.of("url", "about:blank")).path("targetId").asText();
    session =
        call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .asText();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** Loads a page in a window of that width and height, and waits until it is there. */
  void open(URI page, int width, int height) {
    resize(width, height);
    events.clear();
    call("Page.navigate", Map.of("url", page.toString()));
    evaluate(
        "new Promise(done => document.readyState === 'complete'"
            + " ? done(true) : addEventListener('load', () => done(true)))");
    settle();
  }

  void resize(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    settle();
  }

  /** Waits until two frames have been drawn. */
  void settle() {
    evaluate(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
  }

  /** What an expression is, awaited if it is a promise. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  void moveMouse(double x, double y) {
    call("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
    settle();
  }

  void press(String key) {
    call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key));
    call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    settle();
  }

  /** What the page asked for since it was opened. */
  List<String> requests() {
    return events("Network.requestWillBeSent")
        .map(event -> event.at("/params/request/url").asText())
        .toList();
  }

  /** Exceptions, errors of the console, and what the browser complains of. */
  List<String> complaints() {
    Stream<String> exceptions = events("Runtime.exceptionThrown").map(JsonNode::toString);
    Stream<String> console =
        events("Runtime.consoleAPICalled")
            .filter(event -> event.at("/params/type").asText().matches("error|warning|assert"))
            .map(JsonNode::toString);
    Stream<String> log = events("Log.entryAdded").map(JsonNode::toString);
    return Stream.of(exceptions, console, log).flatMap(all -> all).toList();
  }

  /** The whole page as a PNG. */
  void screenshot(Path file) throws IOException {
    JsonNode answer =
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Files.write(file, Base64.getDecoder().decode(answer.path("data").asText()));
  }

  private Stream<JsonNode> events(String method) {
    return events.stream().filter(event -> event.path("method").asText().equals(method));
  }

  private JsonNode call(String method, Map<String, Object> parameters) {
    int id = calls.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    Map<String, Object> message = new java.util.HashMap<>();
    message.putAll(Map.of("id", id, "method", method, "params", parameters));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    try {
      socket.sendText(JSON.writeValueAsString(message), true).join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JsonNode whole = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (whole.has("error")) {
      throw new IllegalStateException(method + ": " + whole.path("error"));
    }
    return whole.path("result");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Answers go to who asked; what comes unasked is kept. */
  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }

    private void take(String message) {
      try {
        JsonNode node = JSON.readTree(message);
        CompletableFuture<JsonNode> asked = answers.remove(node.path("id").asInt(-1));
        if (asked == null) {
          events.add(node);
        } else {
          asked.complete(node);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
