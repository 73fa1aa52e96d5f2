package dev.kindred.rl.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CanvasTest {
  private static final int WHITE = 0xFFFFFF;

  private final Canvas canvas = new Canvas(10, 20);

  @Test
  void isClearedPlaneByPlane() {
    canvas.clear(0x102030);
    Frame frame = canvas.frame();
    assertThat(frame.toString()).isEqualTo("[3, 10, 20]");
    assertThat(frame.samples()).hasSize(600);
    assertThat(frame.samples()[0]).isEqualTo((byte) 0x10);
    assertThat(frame.samples()[199]).isEqualTo((byte) 0x10);
    assertThat(frame.samples()[200]).isEqualTo((byte) 0x20);
    assertThat(frame.samples()[400]).isEqualTo((byte) 0x30);
  }

  @Test
  void fillsWholePixelsWholly() {
    canvas.rectangle(0xABCDEF, 2, 3, 5, 4);
    Frame frame = canvas.frame();
    // y is upwards: the fourth row from the bottom.
    assertThat(Pictures.pixel(frame, 6, 2)).isEqualTo(0xABCDEF);
    assertThat(Pictures.pixel(frame, 6, 4)).isEqualTo(0xABCDEF);
    assertThat(Pictures.count(frame, 0xABCDEF)).isEqualTo(3);
    assertThat(Pictures.count(frame, 0)).isEqualTo(197);
  }

  @Test
  void mixesWhereAPixelIsCoveredInPart() {
    canvas.rectangle(WHITE, 2.25, 3.5, 3, 4);
    assertThat(Pictures.pixel(canvas.frame(), 6, 2) & 0xFF).isCloseTo(96, within(1));
  }

  @Test
  void fillsAsMuchAsAPolygonsArea() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      double[] corners = random.doubles(6, 0, 10).toArray();
      canvas.clear(0);
      canvas.polygon(WHITE, corners);
      assertThat(brightness(canvas.frame())).isCloseTo(area(corners), within(0.15));
    }
  }

  private static double area(double[] triangle) {
    double x = triangle[0];
    double y = triangle[1];
    return Math.abs((triangle[2] - x) * (triangle[5] - y) - (triangle[4] - x) * (triangle[3] - y))
        / 2;
  }

  private static double brightness(Frame frame) {
    double sum = 0;
    for (int i = 0; i < frame.height() * frame.width(); i++) {
      sum += (frame.samples()[i] & 0xFF) / 255.0;
    }
    return sum;
  }

  @Test
  void showsOfALargeShapeWhatIsInside() {
    canvas.polygon(WHITE, -1000, -900, 1200, -800, 900, 1000, -700, 1100);
    assertThat(Pictures.count(canvas.frame(), WHITE)).isEqualTo(200);
  }

  @Test
  void cutsShapesAtItsEdges() {
    // A triangle whose long side runs through the picture: half of the picture is below it.
    canvas.polygon(WHITE, -20, -10, 40, -10, 40, 20);
    assertThat(brightness(canvas.frame())).isCloseTo(100, within(0.5));
    canvas.clear(0);
    canvas.rectangle(WHITE, -5, -5, -1, 20);
    canvas.rectangle(WHITE, 21, -5, 25, 20);
    canvas.rectangle(WHITE, -5, 11, 25, 12);
    assertThat(brightness(canvas.frame())).isZero();
    canvas.rectangle(WHITE, -5, -5, 1, 20);
    assertThat(Pictures.count(canvas.frame(), WHITE)).isEqualTo(10);
  }

  @Test
  void drawsDiscsAndLines() {
    canvas.disc(WHITE, 8, 5, 4);
    assertThat(brightness(canvas.frame())).isCloseTo(Math.PI * 16, within(0.5));
    canvas.clear(0);
    canvas.line(WHITE, 2, 3, 2, 7, 5);
    assertThat(brightness(canvas.frame())).isCloseTo(10, within(0.2));
    canvas.clear(0);
    canvas.line(WHITE, 2, 3, 3, 3, 3);
    assertThat(brightness(canvas.frame())).isZero();
  }

  @Test
  void showsARectangleOfTheWorldInItsMiddle() {
    canvas.show(100, 50, 1, 1);
    canvas.rectangle(WHITE, 100, 50, 101, 51);
    Frame frame = canvas.frame();
    assertThat(Pictures.count(frame, WHITE)).isEqualTo(100);
    assertThat(Pictures.pixel(frame, 5, 5)).isEqualTo(WHITE);
    assertThat(Pictures.pixel(frame, 5, 4)).isZero();
  }

  @Test
  void turnsTheWorldToTheLeft() {
    canvas.look(0, 0, 1, Math.PI / 2);
    canvas.rectangle(WHITE, 2, -1, 3, 0);
    // What was to the right of the middle is above it, and what was below it to the right.
    assertThat(Pictures.pixel(canvas.frame(), 2, 10)).isEqualTo(WHITE);
    assertThat(Pictures.count(canvas.frame(), WHITE)).isEqualTo(1);
  }

  @Test
  void hasSides() {
    assertThatThrownBy(() -> new Canvas(0, 1)).hasMessage("height must be >= 1, was 0");
  }
}
