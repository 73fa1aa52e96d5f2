package dev.kindred.vision.augment;

/**
 * The operations of {@link RandAugment}, in torchvision's order, and how far each goes at the
 * largest magnitude.
 */
enum RandomOperation {
  IDENTITY(Kind.NONE, 0),
  /** The columns that a row moves by, for each row. */
  SHEAR_X(Kind.GEOMETRY, 0.3),
  /** The rows that a column moves by, for each column. */
  SHEAR_Y(Kind.GEOMETRY, 0.3),
  /** A share of the width. */
  TRANSLATE_X(Kind.GEOMETRY, 150.0 / 331),
  /** A share of the height. */
  TRANSLATE_Y(Kind.GEOMETRY, 150.0 / 331),
  /** Radians. */
  ROTATE(Kind.GEOMETRY, Math.toRadians(30)),
  /** What is added to the factor 1, as for the next three. */
  BRIGHTNESS(Kind.COLOR, 0.9),
  COLOR(Kind.COLOR, 0.9),
  CONTRAST(Kind.COLOR, 0.9),
  SHARPNESS(Kind.SHARPNESS, 0.9),
  /** The bits that are lost. */
  POSTERIZE(Kind.POSTERIZE, 4),
  /** How far the threshold lies below the highest level. */
  SOLARIZE(Kind.SOLARIZE, Levels.HIGHEST),
  AUTO_CONTRAST(Kind.AUTO_CONTRAST, 0),
  EQUALIZE(Kind.EQUALIZE, 0);

  /** What operations that are carried out together have in common. */
  enum Kind {
    NONE,
    GEOMETRY,
    COLOR,
    SHARPNESS,
    POSTERIZE,
    SOLARIZE,
    AUTO_CONTRAST,
    EQUALIZE
  }

  /** An operation with a sign has the code {@code 2 * ordinal}, and 1 more where it is minus. */
  static final int SIGNS = 2;

  /** The number of operations. */
  static final int COUNT = values().length;

  private final Kind kind;
  private final double reach;

  RandomOperation(Kind kind, double reach) {
    this.kind = kind;
    this.reach = reach;
  }

  /** How far the operation goes at a magnitude. */
  double amount(int magnitude) {
    return reach * magnitude / RandAugment.MAX_MAGNITUDE;
  }

  /** The {@link Kind} of each code, by its ordinal. */
  static int[] kinds() {
    int[] kinds = new int[SIGNS * COUNT];
    for (int code = 0; code < kinds.length; code++) {
      kinds[code] = values()[code / SIGNS].kind.ordinal();
    }
    return kinds;
  }

  /** The signed amount of each code, or 0 for all but some operations. */
  static float[] amounts(int magnitude, RandomOperation... operations) {
    float[] amounts = new float[SIGNS * COUNT];
    for (RandomOperation operation : operations) {
      int code = SIGNS * operation.ordinal();
      amounts[code] = (float) operation.amount(magnitude);
      amounts[code + 1] = -amounts[code];
    }
    return amounts;
  }
}
