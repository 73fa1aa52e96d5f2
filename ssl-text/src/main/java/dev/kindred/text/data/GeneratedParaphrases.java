package dev.kindred.text.data;

import dev.kindred.data.Dataset;
import dev.kindred.runtime.Require;
import dev.kindred.text.TextExample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sentences of a small grammar, two of one meaning to an example, in words of their own: {@code the
 * physician repaired a bike on the beach at sunrise} and {@code by the shore a two-wheeler was
 * mended at daybreak by the medic}. For demonstrations and tests without a download. A meaning is
 * who did what to what, where and when; a tenth of all meanings are held out of training.
 */
public final class GeneratedParaphrases implements Dataset<TextExample> {
  private static final List<List<String>> AGENTS =
      List.of(
          List.of("the doctor", "the physician", "the medic"),
          List.of("a child", "a kid", "a youngster"),
          List.of("the lawyer", "the attorney", "the solicitor"),
          List.of("a farmer", "a grower", "a cultivator"),
          List.of("the teacher", "the instructor", "the educator"),
          List.of("a singer", "a vocalist", "a crooner"),
          List.of("the policeman", "the cop", "the constable"),
          List.of("a sailor", "a mariner", "a seaman"),
          List.of("the cook", "the chef", "the caterer"),
          List.of("a thief", "a burglar", "a robber"));

  private static final List<List<String>> ACTIONS =
      List.of(
          List.of("bought", "purchased", "acquired"),
          List.of("fixed", "repaired", "mended"),
          List.of("found", "discovered", "came across"),
          List.of("hid", "concealed", "tucked away"),
          List.of("broke", "wrecked", "smashed"),
          List.of("drew", "sketched", "portrayed"),
          List.of("cleaned", "washed", "scrubbed"),
          List.of("sold", "auctioned off", "traded away"));

  private static final List<List<String>> DONE =
      List.of(
          List.of("bought", "purchased", "acquired"),
          List.of("fixed", "repaired", "mended"),
          List.of("found", "discovered", "come across"),
          List.of("hidden", "concealed", "tucked away"),
          List.of("broken", "wrecked", "smashed"),
          List.of("drawn", "sketched", "portrayed"),
          List.of("cleaned", "washed", "scrubbed"),
          List.of("sold", "auctioned off", "traded away"));

  private static final List<List<String>> OBJECTS =
      List.of(
          List.of("a bicycle", "a bike", "a two-wheeler"),
          List.of("a car", "an automobile", "a motorcar"),
          List.of("a couch", "a sofa", "a settee"),
          List.of("a coat", "a jacket", "an overcoat"),
          List.of("a boat", "a ship", "a vessel"),
          List.of("a television", "a telly", "a TV set"),
          List.of("a picture", "a painting", "an artwork"),
          List.of("a stone", "a rock", "a boulder"),
          List.of("a lamp", "a light", "a lantern"),
          List.of("a gun", "a pistol", "a firearm"));

  private static final List<List<String>> PLACES =
      List.of(
          List.of("at the seaside", "on the beach", "by the shore"),
          List.of("in the woods", "in a forest", "among the trees"),
          List.of("in the shop", "at the store", "in the boutique"),
          List.of("at home", "in the house", "in the dwelling"),
          List.of("in town", "in the city", "downtown"),
          List.of("on the road", "in the street", "along the highway"));

  private static final List<List<String>> TIMES =
      List.of(
          List.of("at dawn", "at sunrise", "at daybreak"),
          List.of("at night", "after dark", "in the small hours"),
          List.of("in autumn", "during the fall", "in the harvest season"),
          List.of("long ago", "in the distant past", "many years back"));

  private static final List<List<List<String>>> SLOTS =
      List.of(AGENTS, ACTIONS, OBJECTS, PLACES, TIMES);

  private static final int HELD_OUT_SHARE = 10;

  private final List<int[]> meanings = new ArrayList<>();
  private final long seed;
  private final boolean heldOut;

  private GeneratedParaphrases(int count, long seed, boolean heldOut) {
    Require.atLeastOne("count", count);
    this.seed = seed;
    this.heldOut = heldOut;
    SplittableRandom random = new SplittableRandom(seed);
    while (meanings.size() < count) {
      int[] meaning = SLOTS.stream().mapToInt(slot -> random.nextInt(slot.size())).toArray();
      if (isHeldOut(meaning) == heldOut) {
        meanings.add(meaning);
      }
    }
  }

  /** So many examples to train on, {@code count >= 1}. */
  public static GeneratedParaphrases of(int count, long seed) {
    return new GeneratedParaphrases(count, seed, false);
  }

  /** So many examples of meanings that {@link #of} never has. */
  public static GeneratedParaphrases heldOut(int count, long seed) {
    return new GeneratedParaphrases(count, seed, true);
  }

  @Override
  public int size() {
    return meanings.size();
  }

  @Override
  public TextExample get(int index) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + index);
    int[] meaning = meanings.get(index);
    int first = random.nextInt(3);
    return TextExample.of(
        sentence(meaning, first, random), sentence(meaning, (first + 1) % 3, random));
  }

  /** Whether two examples say the same. */
  public boolean same(int one, int other) {
    return java.util.Arrays.equals(meanings.get(one), meanings.get(other));
  }

  @Override
  public String id(int index) {
    return String.valueOf(index + 1);
  }

  @Override
  public int label(int index) {
    return NO_LABEL;
  }

  @Override
  public List<String> classNames() {
    return List.of();
  }

  @Override
  public String description() {
    return (heldOut ? "held out " : "") + "generated paraphrases";
  }

  @Override
  public void close() {}

  private static boolean isHeldOut(int[] meaning) {
    return Math.floorMod(java.util.Arrays.hashCode(meaning), HELD_OUT_SHARE) == 0;
  }

  /** The meaning in the words of one column, in one of four patterns. */
  private static String sentence(int[] meaning, int column, SplittableRandom random) {
    String agent = AGENTS.get(meaning[0]).get(column);
    String action = ACTIONS.get(meaning[1]).get(column);
    String done = DONE.get(meaning[1]).get(column);
    String object = OBJECTS.get(meaning[2]).get(column);
    String place = PLACES.get(meaning[3]).get(column);
    String time = TIMES.get(meaning[4]).get(column);
    return switch (random.nextInt(4)) {
      case 0 -> "%s %s %s %s %s".formatted(agent, action, object, place, time);
      case 1 -> "%s %s %s %s %s".formatted(time, agent, action, object, place);
      case 2 -> "%s was %s by %s %s %s".formatted(object, done, agent, place, time);
      default -> "%s %s was %s %s by %s".formatted(place, object, done, time, agent);
    };
  }
}
