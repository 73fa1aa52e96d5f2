package dev.kindred.optim;

import dev.kindred.nn.Parameter;

/** The optimizers again, in plain double arithmetic on one parameter, written from the papers. */
abstract class Reference {
  final double[] p;
  private final Parameter.Role role;

  Reference(Rig.Spec spec) {
    p = new double[spec.initial().length];
    for (int i = 0; i < p.length; i++) {
      p[i] = spec.initial()[i];
    }
    role = spec.role();
  }

  abstract void step(double lr, long t, float[] g);

  boolean covered(ParameterScope scope) {
    return scope == ParameterScope.ALL || role == Parameter.Role.WEIGHT;
  }

  static double norm(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  static double[] doubles(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i];
    }
    return y;
  }

  static Reference of(Optimizer optimizer, Rig.Spec spec) {
    if (optimizer instanceof Sgd sgd) {
      return new OfSgd(sgd, spec);
    } else if (optimizer instanceof AdamW adam) {
      return new OfAdamW(adam, spec);
    } else if (optimizer instanceof Lars lars) {
      return new OfLars(lars, spec);
    }
    return new OfLamb((Lamb) optimizer, spec);
  }

  /** {@code torch.optim.SGD}'s documented algorithm, first step's special case included. */
  static final class OfSgd extends Reference {
    private final Sgd o;
    private final double[] buffer;

    OfSgd(Sgd o, Rig.Spec spec) {
      super(spec);
      this.o = o;
      this.buffer = new double[p.length];
    }

    @Override
    void step(double lr, long t, float[] g) {
      for (int i = 0; i < p.length; i++) {
        double d = g[i] + (covered(o.scope()) ? o.weightDecay() * p[i] : 0);
        buffer[i] = t > 1 ? (double) o.momentum() * buffer[i] + d : d;
        p[i] -= lr * (o.nesterov() ? d + (double) o.momentum() * buffer[i] : buffer[i]);
      }
    }
  }

  /** {@code torch.optim.AdamW}'s documented algorithm. */
  static final class OfAdamW extends Reference {
    private final AdamW o;
    private final double[] m;
    private final double[] v;

    OfAdamW(AdamW o, Rig.Spec spec) {
      super(spec);
      this.o = o;
      this.m = new double[p.length];
      this.v = new double[p.length];
    }

    @Override
    void step(double lr, long t, float[] g) {
      double beta1 = o.beta1();
      double beta2 = o.beta2();
      for (int i = 0; i < p.length; i++) {
        p[i] -= covered(o.scope()) ? lr * o.weightDecay() * p[i] : 0;
        m[i] = beta1 * m[i] + (1 - beta1) * g[i];
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
        double mHat = m[i] / (1 - Math.pow(beta1, (double) t));
        double vHat = v[i] / (1 - Math.pow(beta2, (double) t));
        p[i] -= lr * mHat / (Math.sqrt(vHat) + o.epsilon());
      }
    }
  }

  /** solo-learn's documented behaviour, written anew. */
  static final class OfLars extends Reference {
    private final Lars o;
    private final double[] buffer;

    OfLars(Lars o, Rig.Spec spec) {
      super(spec);
      this.o = o;
      this.buffer = new double[p.length];
    }

    @Override
    void step(double lr, long t, float[] g) {
      double pNorm = norm(p);
      double gNorm = norm(doubles(g));
      boolean adapt = covered(o.scope()) && pNorm > 0 && gNorm > 0;
      double decay = adapt ? o.weightDecay() : 0;
      double trust = adapt ? o.eta() * pNorm / (gNorm + decay * pNorm + o.epsilon()) : 1;
      if (adapt && o.clip()) {
        trust = Math.min(trust / lr, 1);
      }
      for (int i = 0; i < p.length; i++) {
        double d = trust * (g[i] + decay * p[i]);
        buffer[i] = (double) o.momentum() * buffer[i] + d;
        p[i] -= lr * (o.nesterov() ? d + (double) o.momentum() * buffer[i] : buffer[i]);
      }
    }
  }

  /** Algorithm 2 of You et al. 2020. */
  static final class OfLamb extends Reference {
    private final Lamb o;
    private final double[] m;
    private final double[] v;

    OfLamb(Lamb o, Rig.Spec spec) {
      super(spec);
      this.o = o;
      this.m = new double[p.length];
      this.v = new double[p.length];
    }

    @Override
    void step(double lr, long t, float[] g) {
      double beta1 = o.beta1();
      double beta2 = o.beta2();
      double[] u = new double[p.length];
      for (int i = 0; i < p.length; i++) {
        m[i] = beta1 * m[i] + (1 - beta1) * g[i];
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
        double vHat = v[i] / (1 - Math.pow(beta2, (double) t));
        u[i] = m[i] / (1 - Math.pow(beta1, (double) t)) / (Math.sqrt(vHat) + o.epsilon());
        u[i] += covered(o.scope()) ? o.weightDecay() * p[i] : 0;
      }
      double trust = covered(o.scope()) ? trust(norm(p), norm(u)) : 1;
      for (int i = 0; i < p.length; i++) {
        p[i] -= lr * trust * u[i];
      }
    }

    private static double trust(double pNorm, double uNorm) {
      return pNorm > 0 && uNorm > 0 ? pNorm / uNorm : 1;
    }
  }
}
