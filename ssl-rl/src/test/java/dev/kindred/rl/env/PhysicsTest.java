package dev.kindred.rl.env;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.kindred.rl.env.Physics.Limits;
import dev.kindred.rl.env.Physics.Matter;
import dev.kindred.rl.env.Physics.Rigid;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PhysicsTest {
  private static final double[] BOX = {-1, -1, 1, -1, 1, 1, -1, 1};

  @Test
  void aloneKnowsJbox2d() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.Physics(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jbox2d..")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.kindred.rl"));
  }

  @Test
  void bodiesFall() {
    Physics physics = new Physics(-10);
    Rigid body = physics.moving(0, 100, 0).polygon(Matter.common(1), BOX);
    for (int i = 0; i < 50; i++) {
      physics.step();
    }
    assertThat(body.velocityY()).isCloseTo(-10, within(1e-3));
    assertThat(body.y()).isCloseTo(100 - 5 * 1.02, within(1e-3));
  }

  @Test
  void raysAreStoppedByGroundAlone() {
    Physics physics = new Physics(0);
    physics.fixed().edge(Matter.ground(1), -5, 2, 5, 3);
    physics.moving(0, 5, 0).polygon(new Matter(1, 0x20, Physics.GROUND), BOX);
    assertThat(physics.freeWay(0, 10, 0, 0)).isCloseTo(0.75, within(1e-4));
    assertThat(physics.freeWay(0, 10, 0, 3)).isEqualTo(1);
    assertThat(physics.freeWay(0, 0, 0, 10)).isCloseTo(0.25, within(1e-4));
  }

  @Test
  void kicksAndPushesMoveByMass() {
    Physics physics = new Physics(0);
    Rigid body = physics.moving(0, 0, 0).polygon(Matter.common(0.5), BOX);
    body.kick(4, 0, 0, 0);
    assertThat(body.velocityX()).isCloseTo(2, within(1e-5));
    body.push(0, 100);
    physics.step();
    assertThat(body.velocityY()).isCloseTo(1, within(1e-5));
  }

  @Test
  void hingesHoldWithinTheirLimits() {
    Physics physics = new Physics(0);
    Rigid a = physics.moving(0, 0, 0).polygon(Matter.common(10), BOX);
    Rigid b = physics.moving(0, 3, 0).polygon(new Matter(0.1, 0x20, 0), BOX);
    Physics.Hinge hinge = physics.hinge(a, 0, 1, b, 0, -2, new Limits(-0.5, 0.5, 100, 0));
    hinge.drive(2);
    for (int i = 0; i < 100; i++) {
      physics.step();
    }
    assertThat(hinge.angle()).isCloseTo(0.5, within(0.05));
    assertThat(b.toWorld(0, -2)).containsExactly(a.toWorld(0, 1), within(0.02));
  }

  @Test
  void tellsOfAreasThatAreEnteredAndLeft() {
    Physics physics = new Physics(0);
    Rigid area = physics.fixed().area(3, -1, 5, -1, 5, 1, 3, 1);
    Rigid body = physics.moving(0, 0, 0).polygon(Matter.common(1), BOX);
    List<Boolean> told = new ArrayList<>();
    physics.tell(
        (one, other, touches) -> {
          assertThat(List.of(one, other)).containsExactlyInAnyOrder(area, body);
          told.add(touches);
        });
    body.kick(40, 0, 0, 0);
    for (int i = 0; i < 50; i++) {
      physics.step();
    }
    assertThat(told).containsExactly(true, false);
    assertThat(body.velocityX()).isCloseTo(10, within(1e-3));
  }

  @Test
  void worldsTakeTurns() throws Exception {
    Physics other = new Physics(0);
    Physics physics = new Physics(0);
    physics.moving(0, 0, 0).polygon(Matter.common(1), BOX);
    physics.fixed().area(0, 0, 1, 0, 1, 1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      AtomicReference<Future<?>> moving = new AtomicReference<>();
      physics.tell(
          (one, another, touches) -> {
            // Within a step of this world, another world's step waits.
            Future<?> step = thread.submit(other::step);
            moving.set(step);
            assertThatThrownBy(() -> step.get(100, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
          });
      physics.step();
      assertThat(moving.get()).succeedsWithin(10, TimeUnit.SECONDS);
    } finally {
      thread.shutdownNow();
    }
  }
}
