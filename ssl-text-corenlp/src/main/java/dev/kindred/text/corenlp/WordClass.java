package dev.kindred.text.corenlp;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a word does in its sentence, told coarsely from its Penn Treebank tag. */
public enum WordClass {
  /** Nouns and names. */
  NOUN("NN NNS NNP NNPS"),
  /** Verbs, auxiliary and modal ones included. */
  VERB("VB VBD VBG VBN VBP VBZ MD"),
  /** Adjectives, in each degree. */
  ADJECTIVE("JJ JJR JJS"),
  /** Adverbs, in each degree, and {@code when}, {@code where}, {@code why}, {@code how}. */
  ADVERB("RB RBR RBS WRB"),
  /** Articles and other determiners. */
  DETERMINER("DT PDT WDT"),
  /** Prepositions, and the conjunctions that open a clause, which the Treebank counts as such. */
  PREPOSITION("IN"),
  /** Pronouns, possessive ones and {@code there} included. */
  PRONOUN("PRP PRP$ WP WP$ EX"),
  /** Conjunctions that join equals, such as {@code and}. */
  CONJUNCTION("CC"),
  /** {@code to}, the possessive {@code 's}, and the particles of verbs, as in {@code give up}. */
  PARTICLE("TO POS RP"),
  /** Numbers, in figures or words. */
  NUMBER("CD"),
  /** Words that turn the meaning round, whatever their tag. */
  NEGATION(""),
  /** Punctuation, brackets, quotes, hyphens, currency and other signs. */
  MARK(". , : `` '' \" -LRB- -RRB- -LSB- -RSB- -LCB- -RCB- ( ) HYPH NFP SYM $ #"),
  /** Interjections, foreign words, and every tag that is not in the Penn Treebank. */
  OTHER("");

  private static final Set<String> NEGATIONS =
      Set.of(
          "no",
          "not",
          "never",
          "none",
          "nobody",
          "nothing",
          "nowhere",
          "neither",
          "nor",
          "cannot",
          "without",
          "hardly",
          "scarcely",
          "barely");

  private static final Map<String, WordClass> BY_TAG = byTag();

  /** With a space between each two. */
  private final String tags;

  WordClass(String tags) {
    this.tags = tags;
  }

  /** The class of {@code word}, which has the Penn Treebank tag {@code tag}. */
  static WordClass of(String word, String tag) {
    return negates(word) ? NEGATION : BY_TAG.getOrDefault(tag, OTHER);
  }

  private static boolean negates(String word) {
    String lower = word.toLowerCase(Locale.ROOT).replace('’', '\'');
    return NEGATIONS.contains(lower) || lower.endsWith("n't");
  }

  private static Map<String, WordClass> byTag() {
    Map<String, WordClass> classes = new HashMap<>();
    for (WordClass wordClass : values()) {
      for (String tag : wordClass.tags.split(" ", -1)) {
        classes.put(tag, wordClass);
      }
    }
    return Map.copyOf(classes);
  }
}
