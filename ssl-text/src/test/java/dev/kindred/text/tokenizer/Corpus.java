package dev.kindred.text.tokenizer;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Texts for tests. */
final class Corpus {
  /** Small, and with every kind of character that tokenizers treat in a way of its own. */
  static final List<String> SMALL =
      List.of(
          "The quick brown fox jumps over the lazy dog, doesn't it?",
          "A quicker fox; the laziest dogs. Jumping is what foxes do!",
          "Ångström und Käse, très déjà-vu; 東京 is 1,234 km² away.",
          "the the the dog dog fox jumps jumped jumping lower lowest newest widest");

  /** What breaks careless tokenizers. */
  static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "   \t \n\r ",
          "\u00A0\u2003\u3000\u0085\u2028",
          "\u0000a\u0001b\u007Fc\u200Dd\uFEFFe\uFFFDf\u00ADg",
          "👩‍👩‍👧‍👦 🇩🇪 👍🏽 ☺️ 🤷",
          "e\u0301 E\u0301\u0323 a\u0300\u0301\u0302\u0303 \u0301",
          "İstanbul ısı IĞDIR i̇",
          "東京都に行く。你好,世界!豈 𠀀𪚥 한국어 ひらがな",
          "ΣΟΦΟΣ ὈΔΥΣΣΕΎΣ ẞ ß ﬁ Ⅷ ² ½ ٣",
          "don't DON'T we'll they've I'm he'd it's 're",
          "a\uD800b \uDC00 \uD83D",
          "x".repeat(99) + " " + "x".repeat(100) + " " + "x".repeat(101) + " " + "𝒳".repeat(100),
          "[CLS] [MASK]ed [mask] [UNK][SEP] a[PAD]b",
          "<s> <mask> a<mask>b  <mask>  </s><pad> <S>",
          "#hash ##ing #@!$%^&*()_+-=[]{}|;':\",./<>?`~ “„«»” ‽—–… ¿¡ ; ·",
          "Ġ Ċ ĉ Ã© â\u0080",
          "  leading  and   trailing   ",
          "tabs\tand\nnewlines\r\nhere \n\n x",
          "مرحبا بالعالم שָׁלוֹם नमस्ते ไทย");

  private Corpus() {}

  /** Lines of the sentences from Wikipedia; skips the test where they are absent. */
  static List<String> wikipedia(int skip, int lines) throws IOException {
    Path file =
        Path.of(System.getProperty("kindred.data", "")).resolve("sentences/wiki300k.txt.gz");
    assumeThat(file).as("needs %s below the system property kindred.data", file).isRegularFile();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().skip(skip).limit(lines).toList();
    }
  }
}
