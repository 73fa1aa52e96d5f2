package dev.kindred.rl.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;

class WorldTest {
  @Test
  void hasThePublishedTasks() {
    assertThat(World.all())
        .extracting(World::name, World::steps, World::solvedAt)
        .containsExactly(
            tuple("cartpole", 500, 475.0),
            tuple("lunar-lander", 1000, 200.0),
            tuple("lunar-lander-continuous", 1000, 200.0),
            tuple("bipedal-walker", 1600, 300.0),
            tuple("car-racing", 1000, 900.0));
    assertThat(World.all())
        .allSatisfy(
            world -> {
              assertThat(World.named(world.name())).isSameAs(world);
              assertThat(world.description()).isNotBlank();
              assertThat(world.source()).contains("Gymnasium");
              assertThat(world).hasToString(world.name());
              assertThat(world.state().limit()).isEqualTo(world.steps());
            });
  }

  @Test
  void makesANewEnvironmentEachTime() {
    TimeLimit<Frame, ?> one = World.named("car-racing").pixels(30, 40, Backdrop.plain());
    assertThat(one.observationSpace()).isEqualTo(new Space.Pixels(3, 30, 40));
    assertThat(one.limit()).isEqualTo(1000);
    assertThat(World.CARTPOLE.state()).isNotSameAs(World.CARTPOLE.state());
  }

  @Test
  void listsTheNamesWhereThereIsNone() {
    assertThatThrownBy(() -> World.named("pong"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "world must be one of cartpole, lunar-lander, lunar-lander-continuous, "
                + "bipedal-walker, car-racing, was pong");
  }
}
