package dev.kindred.samples.sentencesearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.samples.sentencesearch.SentenceSearch.Found;
import dev.kindred.text.TinyEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentenceSearchTest {
  private static final String BICYCLE = "The physician repaired a bicycle at the seaside.";
  private static final String ATTACK = "<script>alert('a thief')</script> & <b>\"robber\"</b>";

  @TempDir private static Path folder;
  private static Path model;
  private static Path index;
  private static SentenceSearch search;
  private static SearchPage page;

  @BeforeAll
  static void indexTexts() throws IOException {
    model = TinyEncoder.train(folder);
    Path texts = Files.createDirectories(folder.resolve("texts/deep"));
    Files.writeString(texts.resolve("a#1.txt"), "A sailor bought a car. " + BICYCLE);
    Files.writeString(texts.resolve("<i>.txt"), "The cook drew a ship.\n\n" + ATTACK + "\n");
    Files.writeString(texts.resolve("other.txt"), "\u65e5\u672c\u8a9e\n\n\u001b[31mThe kid\n\n***");
    index = folder.resolve("index");
    assertThat(SentenceSearch.index(model, folder.resolve("texts"), index)).isEqualTo(7);
    search = new SentenceSearch(model, index);
    page = SearchPage.serve(search, 0);
  }

  @AfterAll
  static void close() {
    page.close();
    search.close();
  }

  @Test
  void findsWhatMeansAlike() {
    List<Found> found = search.nearest("On the beach a bike was fixed by the doctor", 3);
    assertThat(found).hasSize(3);
    assertThat(found.get(0).text()).isEqualTo(BICYCLE);
    assertThat(found.get(0).file()).isEqualTo("deep/a#1.txt");
    assertThat(found.get(0).number()).isEqualTo("2");
    assertThat(found.get(0).similarity()).isBetween(0.3, 1.0);
    assertThat(found)
        .extracting(Found::similarity)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void printsALineForEach() {
    Printed printed = run("find", model, index, "a doctor mended a two-wheeler", "2");
    assertThat(printed.code()).isZero();
    assertThat(printed.out().lines())
        .hasSize(2)
        .first()
        .asString()
        .matches("0\\.\\d{3}  \\Q" + BICYCLE + "\\E  \\(deep/a#1\\.txt, sentence 2\\)");
    assertThat(printed.err()).isEmpty();
  }

  @Test
  void printsNothingThatSteersTheTerminal() {
    assertThat(run("find", model, index, "a kid", "7").out())
        .contains("[31mThe kid")
        .doesNotContain("\u001b");
  }

  @Test
  void indexesAFileByItsLines() throws IOException {
    Path lines = Files.writeString(folder.resolve("lines.txt"), "a thief\n\nthe cook\n");
    Path own = folder.resolve("lines.index");
    assertThat(run("index", model, lines, own).out()).isEqualTo(own + ": 2 sentences\n");
    assertThat(run("find", model, own, "a chef", "1").out())
        .endsWith("the cook  (" + lines + ", sentence 3)\n");
  }

  @Test
  void aNewIndexTakesThePlaceOfTheOldOneUnlessItFails() throws IOException {
    Path lines = Files.writeString(folder.resolve("more.txt"), "a thief\nthe cook\n");
    Path own = folder.resolve("more.index");
    assertThat(run("index", model, lines, own).code()).isZero();
    assertThat(run("index", model, folder.resolve("missing"), own).code()).isEqualTo(1);
    assertThat(run("find", model, own, "a thief").out().lines()).hasSize(2);
    Files.writeString(lines, "a thief\n");
    assertThat(run("index", model, lines, own).code()).isZero();
    assertThat(run("find", model, own, "a thief").out().lines()).hasSize(1);
  }

  @Test
  void whatIsWrongIsToldInOneLine() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path missing = folder.resolve("nowhere");
    assertFails(missing + ": is no folder; make an index first", "find", model, missing, "q");
    assertFails(empty + ": holds no index; make one first", "find", model, empty, "q");
    assertFails(missing + ": not a saved encoder", "find", missing, index, "q");
    assertFails(empty + ": holds no document", "index", model, empty, folder.resolve("no.index"));
    assertThat(missing).doesNotExist();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertFails("port " + port + ": cannot be served on", "serve", model, index, port);
    }
  }

  @Test
  void anIndexOfAnotherEncoderIsRefused() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other-encoder"));
    String manifest = Files.readString(model.resolve("kindred.json"));
    Files.writeString(other.resolve("kindred.json"), manifest.replace("\"seed\"", "\"seeds\""));
    assertFails(index + ": was not made with " + other, "find", other, index, "q");
  }

  @Test
  void wrongUsageIsTold() {
    assertThat(run().err()).startsWith("usage: SentenceSearch index MODEL FOLDER INDEX\n");
    assertThat(run("seek", model, index, "q").code()).isEqualTo(2);
    assertThat(run("find", model, index).code()).isEqualTo(2);
    assertThat(run("find", model, index, "q", "0"))
        .isEqualTo(new Printed(2, "", "k must be a number in [1, 1000], was 0\n"));
    assertThat(run("serve", model, index, "x").err())
        .isEqualTo("port must be a number in [1, 65535], was x\n");
  }

  @Test
  void thePageFinds() throws Exception {
    HttpResponse<String> answer = ask("a doctor mended a two-wheeler");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("value=\"a doctor mended a two-wheeler\"")
        .containsSubsequence("<li>", BICYCLE, "deep/a#1.txt, sentence 2", "</li>");
    assertThat(answer.body().split("<li>")).hasSize(8);
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'");
  }

  @Test
  void thePageShowsMarkupAsText() throws Exception {
    String body = ask("\"><script>alert(1)</script>'&").body();
    assertThat(body)
        .contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;\"")
        .contains("&lt;script&gt;alert(&#39;a thief&#39;)&lt;/script&gt;")
        .contains("deep/&lt;i&gt;.txt")
        .doesNotContain("<script", "<b>", "<i>");
  }

  @Test
  void withoutAQueryThePageSaysWhatThereIs() throws Exception {
    for (String end : List.of("", "?", "?q", "?q=", "?q=%20+", "?other=1&x")) {
      HttpResponse<String> answer = get(end);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("7 sentences to search").doesNotContain("<li>");
    }
  }

  @Test
  void aQueryThatIsTooLongIsRefusedInALine() throws Exception {
    HttpResponse<String> answer = ask("long ".repeat(20_000) + "end");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("A query has at most 2,000 characters, this one has 100,003")
        .doesNotContain("long long");
    assertThat(ask("x".repeat(2000)).statusCode()).isEqualTo(200);
  }

  @Test
  void queriesOfAnyLettersAreAnswered() throws Exception {
    for (String query :
        List.of("\u65e5\u672c", "%s %n {0} $1 \\", "\u0000\u001b", "\ud83d\ude00")) {
      HttpResponse<String> answer = ask(query);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body().split("<li>")).hasSize(8);
    }
    assertThat(get("?q=%ff%fe").statusCode()).isEqualTo(200);
  }

  @Test
  void whatThePageIsNotForIsRefused() throws Exception {
    assertThat(get("favicon.ico").statusCode()).isEqualTo(404);
    HttpRequest.Builder root = HttpRequest.newBuilder(page.address());
    assertThat(send(root.POST(HttpRequest.BodyPublishers.ofString("q=a"))).statusCode())
        .isEqualTo(405);
    HttpResponse<String> head = send(root.method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void aForeignNameThatLeadsHereIsRefused() throws Exception {
    assertThat(raw("GET /?q=a HTTP/1.1\r\nHost: evil.example\r\n")).startsWith("HTTP/1.1 421 ");
    assertThat(raw("GET /?q=%zz HTTP/1.1\r\nHost: localhost\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(raw("GET /?q=a HTTP/1.1\r\nHost: localhost\r\n")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void severalMayAskAtOnce() {
    assertThat(
            IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> search.nearest("a doctor mended a two-wheeler", 7))
                .distinct())
        .hasSize(1);
  }

  /** What a command printed. */
  private record Printed(int code, String out, String err) {}

  private static Printed run(Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] words = List.of(args).stream().map(String::valueOf).toArray(String[]::new);
    int code = SentenceSearch.run(printer(out), printer(err), words);
    return new Printed(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream printer(ByteArrayOutputStream out) {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  private static void assertFails(String message, Object... args) {
    Printed printed = run(args);
    assertThat(printed.err()).startsWith(message).hasLineCount(1);
    assertThat(printed.code()).isEqualTo(1);
    assertThat(printed.out()).isEmpty();
  }

  private static HttpResponse<String> ask(String query) throws Exception {
    return get("?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> get(String end) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(page.address() + end)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.address().getPort())) {
      socket
          .getOutputStream()
          .write((request + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
