package dev.kindred.rl.env;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jbox2d.callbacks.ContactImpulse;
import org.jbox2d.callbacks.ContactListener;
import org.jbox2d.collision.Manifold;
import org.jbox2d.collision.shapes.EdgeShape;
import org.jbox2d.collision.shapes.PolygonShape;
import org.jbox2d.collision.shapes.Shape;
import org.jbox2d.common.Vec2;
import org.jbox2d.dynamics.Body;
import org.jbox2d.dynamics.BodyDef;
import org.jbox2d.dynamics.BodyType;
import org.jbox2d.dynamics.FixtureDef;
import org.jbox2d.dynamics.World;
import org.jbox2d.dynamics.contacts.Contact;
import org.jbox2d.dynamics.joints.RevoluteJoint;
import org.jbox2d.dynamics.joints.RevoluteJointDef;

/**
 * Rigid bodies in the plane, moved by jbox2d in steps of a fiftieth of a second: the only class
 * that knows jbox2d.
 *
 * <p>jbox2d 2.2.1.1 keeps scratch vectors in static fields (one of them is in use whenever a
 * polygon touches an edge), so two worlds that moved at once could disturb each other. Whatever
 * runs its code here, making, pushing, moving and ray casts, holds one lock for all worlds of the
 * program: environments in several threads give the bytes that each gives alone, and take turns.
 * What only reads a body's fields needs no lock, for a world is confined to one thread at a time.
 * jbox2d's {@code Settings} are static too: whoever changes them changes these worlds.
 */
final class Physics {
  /** The steps of a second. */
  static final int STEPS_PER_SECOND = 50;

  /** What everything is that says nothing else, and what the ground is. */
  static final int GROUND = 0x0001;

  private static final int EVERYTHING = 0xFFFF;
  private static final int VELOCITY_ITERATIONS = 6 * 30;
  private static final int POSITION_ITERATIONS = 2 * 30;
  private static final ReentrantLock JBOX2D = new ReentrantLock();

  private final World world;

  /** Makes an empty world; gravity is along y. */
  Physics(double gravity) {
    world = alone(() -> new World(vector(0, gravity)));
  }

  /** Is told whenever two bodies begin or cease to touch. */
  interface Touching {
    void changed(Rigid one, Rigid other, boolean touches);
  }

  /**
   * What a body is made of; its restitution is 0.
   *
   * @param category bits that say what it is
   * @param collidesWith bits of the categories that it collides with
   */
  record Matter(double density, double friction, int category, int collidesWith) {
    private static final double FRICTION = 0.2;

    /** Matter with Box2D's own friction. */
    Matter(double density, int category, int collidesWith) {
      this(density, FRICTION, category, collidesWith);
    }

    /** Ground, which everything collides with. */
    static Matter ground(double friction) {
      return new Matter(0, friction, GROUND, EVERYTHING);
    }

    /** Matter that collides with everything. */
    static Matter common(double density) {
      return new Matter(density, GROUND, EVERYTHING);
    }
  }

  /** A joint's range, in radians, and its motor. */
  record Limits(double lower, double upper, double torque, double speed) {}

  /** A body that stands still at the origin, to be given edges or areas. */
  Rigid fixed() {
    return body(BodyType.STATIC, 0, 0, 0);
  }

  /** A body that moves. */
  Rigid moving(double x, double y, double angle) {
    return body(BodyType.DYNAMIC, x, y, angle);
  }

  private Rigid body(BodyType type, double x, double y, double angle) {
    BodyDef def = new BodyDef();
    def.type = type;
    def.position.set(vector(x, y));
    def.angle = (float) angle;
    return new Rigid(alone(() -> world.createBody(def)));
  }

  /** Joins two bodies at a point of each, given in their own coordinates. */
  Hinge hinge(Rigid a, double ax, double ay, Rigid b, double bx, double by, Limits limits) {
    RevoluteJointDef def = new RevoluteJointDef();
    def.bodyA = a.body;
    def.bodyB = b.body;
    def.localAnchorA.set(vector(ax, ay));
    def.localAnchorB.set(vector(bx, by));
    def.enableLimit = true;
    def.lowerAngle = (float) limits.lower();
    def.upperAngle = (float) limits.upper();
    def.enableMotor = true;
    def.maxMotorTorque = (float) limits.torque();
    def.motorSpeed = (float) limits.speed();
    return new Hinge(alone(() -> (RevoluteJoint) world.createJoint(def)));
  }

  /** Moves the world by one step. */
  void step() {
    alone(
        () -> {
          world.step(1f / STEPS_PER_SECOND, VELOCITY_ITERATIONS, POSITION_ITERATIONS);
          return world;
        });
  }

  /** How much of the way from one point to another is free of ground, 0 to 1. */
  double freeWay(double fromX, double fromY, double toX, double toY) {
    float[] nearest = {1};
    Vec2 from = vector(fromX, fromY);
    Vec2 to = vector(toX, toY);
    return alone(
        () -> {
          world.raycast(
              (fixture, point, normal, fraction) -> {
                if ((fixture.getFilterData().categoryBits & GROUND) == 0) {
                  return -1;
                }
                nearest[0] = fraction;
                return fraction;
              },
              from,
              to);
          return nearest[0];
        });
  }

  /** Tells {@code touching} from now on, within the steps and with the lock held. */
  void tell(Touching touching) {
    world.setContactListener(
        new ContactListener() {
          @Override
          public void beginContact(Contact contact) {
            touching.changed(one(contact), other(contact), true);
          }

          @Override
          public void endContact(Contact contact) {
            touching.changed(one(contact), other(contact), false);
          }

          @Override
          public void preSolve(Contact contact, Manifold before) {}

          @Override
          public void postSolve(Contact contact, ContactImpulse impulse) {}
        });
  }

  private static Rigid one(Contact contact) {
    return (Rigid) contact.getFixtureA().getBody().getUserData();
  }

  private static Rigid other(Contact contact) {
    return (Rigid) contact.getFixtureB().getBody().getUserData();
  }

  private static Vec2 vector(double x, double y) {
    return new Vec2((float) x, (float) y);
  }

  private static <T> T alone(Supplier<T> use) {
    JBOX2D.lock();
    try {
      return use.get();
    } finally {
      JBOX2D.unlock();
    }
  }

  /** A rigid body. */
  static final class Rigid {
    private final Body body;

    private Rigid(Body body) {
      this.body = body;
      body.setUserData(this);
    }

    /** Adds a convex part; the corners {@code x, y, ...} are in the body's own coordinates. */
    Rigid polygon(Matter matter, double... corners) {
      return add(polygon(corners), matter, false);
    }

    /** Adds a convex part that touches and is not collided with. */
    Rigid area(double... corners) {
      return add(polygon(corners), Matter.common(0), true);
    }

    /** Adds an edge without thickness. */
    Rigid edge(Matter matter, double x1, double y1, double x2, double y2) {
      EdgeShape edge = new EdgeShape();
      edge.set(vector(x1, y1), vector(x2, y2));
      return add(edge, matter, false);
    }

    private static PolygonShape polygon(double... corners) {
      Vec2[] vertices = new Vec2[corners.length / 2];
      for (int i = 0; i < vertices.length; i++) {
        vertices[i] = vector(corners[2 * i], corners[2 * i + 1]);
      }
      return alone(
          () -> {
            PolygonShape polygon = new PolygonShape();
            polygon.set(vertices, vertices.length);
            return polygon;
          });
    }

    private Rigid add(Shape shape, Matter matter, boolean sensor) {
      FixtureDef def = new FixtureDef();
      def.shape = shape;
      def.density = (float) matter.density();
      def.friction = (float) matter.friction();
      def.isSensor = sensor;
      def.filter.categoryBits = matter.category();
      def.filter.maskBits = matter.collidesWith();
      alone(() -> body.createFixture(def));
      return this;
    }

    double x() {
      return body.getPosition().x;
    }

    double y() {
      return body.getPosition().y;
    }

    /** In radians to the left; not wrapped. */
    double angle() {
      return body.getAngle();
    }

    double velocityX() {
      return body.getLinearVelocity().x;
    }

    double velocityY() {
      return body.getLinearVelocity().y;
    }

    double angularVelocity() {
      return body.getAngularVelocity();
    }

    /** Whether it is still moving; one that came to rest sleeps. */
    boolean awake() {
      return body.isAwake();
    }

    /** Where points {@code x, y, ...} of the body are in the world. */
    double[] toWorld(double... points) {
      double sin = body.m_xf.q.s;
      double cos = body.m_xf.q.c;
      double[] world = new double[points.length];
      for (int i = 0; i < points.length; i += 2) {
        world[i] = x() + cos * points[i] - sin * points[i + 1];
        world[i + 1] = y() + sin * points[i] + cos * points[i + 1];
      }
      return world;
    }

    /** Pushes at the centre of mass for the next step. */
    void push(double forceX, double forceY) {
      alone(
          () -> {
            body.applyForceToCenter(vector(forceX, forceY));
            return body;
          });
    }

    /** Kicks at a point of the world. */
    void kick(double impulseX, double impulseY, double x, double y) {
      alone(
          () -> {
            body.applyLinearImpulse(vector(impulseX, impulseY), vector(x, y));
            return body;
          });
    }
  }

  /** A joint of two bodies that turns within limits and has a motor. */
  static final class Hinge {
    private final RevoluteJoint joint;

    private Hinge(RevoluteJoint joint) {
      this.joint = joint;
    }

    double angle() {
      return joint.getJointAngle();
    }

    double speed() {
      return joint.getJointSpeed();
    }

    /** Sets the speed that the motor tries to reach. */
    void drive(double speed) {
      alone(
          () -> {
            joint.setMotorSpeed((float) speed);
            return joint;
          });
    }

    /** Sets the speed that the motor tries to reach, and its greatest torque. */
    void drive(double speed, double torque) {
      alone(
          () -> {
            joint.setMotorSpeed((float) speed);
            joint.setMaxMotorTorque((float) torque);
            return joint;
          });
    }
  }
}
