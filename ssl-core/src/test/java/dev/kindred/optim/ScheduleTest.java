package dev.kindred.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {
  @Test
  void constantStaysConstant() {
    assertThat(values(Schedule.constant(0.3f), 2, 5)).containsExactly(0.3f, 0.3f, 0.3f, 0.3f, 0.3f);
  }

  @Test
  void cosineFallsAtEveryStepUnlessToldOtherwise() {
    // (1 + cos(pi k / 4)) / 2 for k = 0 to 3
    assertThat(values(Schedule.cosine(1f), 2, 4))
        .containsExactly(new float[] {1, 0.853553f, 0.5f, 0.146447f}, within(1e-6f));
    assertThat(Schedule.cosine(1f)).isEqualTo(Schedule.cosine(1f).perEpoch().perStep());
  }

  @Test
  void cosineByEpochIsConstantWithinAnEpoch() {
    // (1 + cos(pi e / 5)) / 2 for e = 0 to 4, as CosineAnnealingLR(T_max=5) gives
    float[] epochs = {0.12f, 0.1085410f, 0.0785410f, 0.0414590f, 0.0114590f};
    float[] actual = values(Schedule.cosine(0.12f).perEpoch(), 3, 15);
    for (int step = 0; step < 15; step++) {
      assertThat(actual[step]).isCloseTo(epochs[step / 3], within(1e-7f));
    }
  }

  @Test
  void countsABrokenLastEpochAsAnEpoch() {
    // three epochs: 2, 2 and 1 steps
    assertThat(values(Schedule.cosine(1f).perEpoch(), 2, 5))
        .containsExactly(new float[] {1, 1, 0.75f, 0.75f, 0.25f}, within(1e-6f));
  }

  @Test
  void warmsUpLinearlyAndReachesTheBaseAtItsLastStep() {
    float[] actual = values(Schedule.cosine(1f).warmup(2), 2, 8);
    assertThat(actual)
        .containsExactly(
            new float[] {0.25f, 0.5f, 0.75f, 1, 1, 0.853553f, 0.5f, 0.146447f}, within(1e-6f));
  }

  @Test
  void warmsUpByEpochToo() {
    assertThat(values(Schedule.constant(1f).warmup(2).perEpoch(), 2, 6))
        .containsExactly(0.5f, 0.5f, 1, 1, 1, 1);
  }

  @Test
  void takesAFractionOfAnEpochToWarmUp() {
    assertThat(values(Schedule.constant(1f).warmup(0.5), 4, 4)).containsExactly(0.5f, 1, 1, 1);
  }

  @Test
  void multipliesByGammaAtEachMilestone() {
    assertThat(values(Schedule.step(1f, 0.5f, 1, 3), 2, 8))
        .containsExactly(1, 1, 0.5f, 0.5f, 0.5f, 0.5f, 0.25f, 0.25f);
  }

  @Test
  void fallsToTheFloorInsteadOfZero() {
    // CosineAnnealingLR(T_max=2, eta_min=0.2): 1, then 0.2 + 0.8 / 2
    assertThat(values(Schedule.cosine(1f).floor(0.2f), 1, 2))
        .containsExactly(new float[] {1, 0.6f}, within(1e-6f));
  }

  @Property
  void staysBetweenFloorAndBase(
      @ForAll @FloatRange(min = 0.01f, max = 10) float base,
      @ForAll @FloatRange(min = 0, max = 1) float part,
      @ForAll @IntRange(max = 5) int warmup,
      @ForAll @IntRange(min = 1, max = 7) int stepsPerEpoch,
      @ForAll @IntRange(min = 6, max = 12) int epochs,
      @ForAll boolean perEpoch) {
    float floor = base * part;
    for (Schedule shape :
        new Schedule[] {
          Schedule.constant(base), Schedule.cosine(base), Schedule.step(base, 0.1f, 2, 4)
        }) {
      Schedule schedule = shape.floor(floor).warmup(warmup);
      for (float rate :
          values(
              perEpoch ? schedule.perEpoch() : schedule, stepsPerEpoch, epochs * stepsPerEpoch)) {
        assertThat(rate).isBetween(floor, base);
      }
    }
  }

  @Property
  void cosineRisesThroughWarmUpAndFallsAfterIt(
      @ForAll @FloatRange(min = 0.01f, max = 10) float base,
      @ForAll @IntRange(max = 5) int warmup,
      @ForAll @IntRange(min = 1, max = 7) int stepsPerEpoch,
      @ForAll @IntRange(min = 6, max = 12) int epochs,
      @ForAll boolean perEpoch) {
    Schedule schedule = Schedule.cosine(base).warmup(warmup);
    float[] rates =
        values(perEpoch ? schedule.perEpoch() : schedule, stepsPerEpoch, epochs * stepsPerEpoch);
    int top = warmup * stepsPerEpoch;
    for (int i = 1; i < rates.length; i++) {
      if (i < top) {
        assertThat(rates[i]).isGreaterThanOrEqualTo(rates[i - 1]);
      } else if (i > top) {
        assertThat(rates[i]).isLessThanOrEqualTo(rates[i - 1]);
      }
    }
    assertThat(rates[top]).isEqualTo(base);
  }

  static Stream<Schedule> schedules() {
    return Stream.of(
        Schedule.constant(0.1f),
        Schedule.cosine(0.12f).warmup(2.5).floor(1e-4f),
        Schedule.cosine(0.12f).perEpoch(),
        Schedule.step(0.3f, 0.1f, 60, 80).warmup(5));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void settingsSurviveJson(Schedule schedule) throws Exception {
    ObjectMapper json = new ObjectMapper();
    Map<String, Object> read =
        json.readValue(json.writeValueAsString(schedule.settings()), new TypeReference<>() {});
    assertThat(read).isEqualTo(schedule.settings());
    assertThat(read.keySet()).first().isEqualTo("name");
    assertThat(Schedule.of(read)).isEqualTo(schedule).hasSameHashCodeAs(schedule);
  }

  @Test
  void differsByEverySetting() {
    Schedule cosine = Schedule.cosine(0.1f);
    assertThat(cosine)
        .isNotEqualTo(Schedule.cosine(0.2f))
        .isNotEqualTo(Schedule.constant(0.1f))
        .isNotEqualTo(cosine.warmup(1))
        .isNotEqualTo(cosine.floor(0.01f))
        .isNotEqualTo(cosine.perEpoch());
  }

  @Test
  void refusesValuesOutOfRange() {
    Schedule cosine = Schedule.cosine(0.1f);
    assertRefused(
        () -> Schedule.cosine(Float.NaN), "learning rate must be finite and > 0, was NaN");
    assertRefused(() -> Schedule.constant(0), "learning rate must be finite and > 0, was 0.0");
    assertRefused(() -> cosine.floor(-1f), "floor must be finite and >= 0, was -1.0");
    assertRefused(() -> cosine.floor(0.2f), "floor must be <= the learning rate 0.1, was 0.2");
    assertRefused(() -> cosine.warmup(-1), "warm-up epochs must be finite and >= 0, was -1.0");
    assertRefused(() -> Schedule.step(1f, 0f, 1), "gamma must be in (0, 1], was 0.0");
    assertRefused(
        () -> Schedule.step(1f, 0.1f, 3, 3),
        "milestones must be epochs > 0 in ascending order, was [3, 3]");
    assertRefused(() -> cosine.at(0, 1, 10), "step must be in 1 to 10, was 0");
    assertRefused(() -> cosine.at(11, 1, 10), "step must be in 1 to 10, was 11");
    assertRefused(() -> cosine.at(1, 0, 10), "steps per epoch must be >= 1, was 0");
    assertRefused(
        () -> cosine.warmup(5).at(1, 2, 10),
        "warm-up must be shorter than the run of 5.0 epochs, was 5.0");
  }

  @Test
  void refusesSettingsThatItCannotRead() {
    Map<String, Object> settings = new HashMap<>(Schedule.cosine(0.1f).settings());
    settings.put("cycles", 3);
    assertRefused(() -> Schedule.of(settings), "schedule cosine has no setting [cycles]");
    assertRefused(
        () -> Schedule.of(Map.of("name", "cosin")),
        "unknown schedule \"cosin\"; did you mean cosine? known: constant, cosine, step");
    assertRefused(
        () -> Schedule.of(Map.of("name", "step", "gamma", 0.1, "milestones", 3)),
        "schedule setting milestones must be a list of whole numbers, was 3");
  }

  private static void assertRefused(Runnable call, String message) {
    assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  /** The rates of a whole run of {@code total} steps. */
  private static float[] values(Schedule schedule, long stepsPerEpoch, int total) {
    float[] rates = new float[total];
    LongStream.rangeClosed(1, total)
        .forEach(step -> rates[(int) step - 1] = schedule.at(step, stepsPerEpoch, total));
    return rates;
  }
}
