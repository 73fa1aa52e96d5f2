package dev.kindred.losses;

/** Losses written down as their definitions read, to hold the fast ones against. */
final class Brute {
  private Brute() {}

  /** Hinge triplets of the euclidean distance of normalised rows. */
  static double triplet(double[][] rows, int[] labels, Triplet settings) {
    double sum = 0;
    int chosen = 0;
    int violating = 0;
    for (int a = 0; a < rows.length; a++) {
      for (int p = 0; p < rows.length; p++) {
        for (int n = 0; n < rows.length; n++) {
          if (p != a && labels[p] == labels[a] && labels[n] != labels[a]) {
            double near = distance(rows[a], rows[p]);
            double far = distance(rows[a], rows[n]);
            if (mined(rows, labels, a, near, far, settings)) {
              double loss = Math.max(0, near - far + settings.margin());
              sum += loss;
              chosen++;
              violating += loss > 0 ? 1 : 0;
            }
          }
        }
      }
    }
    int divisor = settings.averaging() == Triplet.Averaging.TRIPLETS ? chosen : violating;
    return divisor == 0 ? 0 : sum / divisor;
  }

  private static boolean mined(
      double[][] rows, int[] labels, int a, double near, double far, Triplet settings) {
    double gap = far - near;
    return switch (settings.mining()) {
      case ALL -> true;
      case HARD -> gap <= 0;
      case SEMI_HARD -> gap > 0 && gap <= settings.margin();
      case EASY -> gap > settings.margin();
      case BATCH_HARD -> hardest(rows, labels, a, near, far);
    };
  }

  private static boolean hardest(double[][] rows, int[] labels, int a, double near, double far) {
    for (int other = 0; other < rows.length; other++) {
      double distance = distance(rows[a], rows[other]);
      if (labels[other] == labels[a] ? distance > near : distance < far) {
        return false;
      }
    }
    return true;
  }

  private static double distance(double[] x, double[] y) {
    double lengthX = Math.sqrt(NtXentTest.dot(x, x));
    double lengthY = Math.sqrt(NtXentTest.dot(y, y));
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double difference = x[i] / lengthX - y[i] / lengthY;
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
