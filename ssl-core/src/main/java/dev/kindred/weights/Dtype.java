package dev.kindred.weights;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The types of values that are read. Each knows how to make a float of its next bytes. */
enum Dtype {
  /** IEEE 754 binary32. */
  F32(Float.BYTES) {
    @Override
    float next(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  /** IEEE 754 binary16. */
  F16(Short.BYTES) {
    @Override
    float next(ByteBuffer bytes) {
      return half(bytes.getShort());
    }
  },
  /** The upper half of a binary32. */
  BF16(Short.BYTES) {
    @Override
    float next(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << Short.SIZE);
    }
  },
  /** IEEE 754 binary64, rounded to the nearest float. */
  F64(Double.BYTES) {
    @Override
    float next(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  },
  /** Whole numbers, rounded to the nearest float; PyTorch counts batches in them. */
  I64(Long.BYTES) {
    @Override
    float next(ByteBuffer bytes) {
      return (float) bytes.getLong();
    }
  },
  /** Whole numbers from 0 to 255: pictures, not weights. */
  U8(Byte.BYTES) {
    @Override
    float next(ByteBuffer bytes) {
      return Byte.toUnsignedInt(bytes.get());
    }
  };

  /** The types that weights are read in; whole bytes would be quantised ones, which mean less. */
  static final Set<Dtype> OF_WEIGHTS =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(U8)));

  private static final int HALF_FRACTION_BITS = 10;
  private static final int HALF_LARGEST_EXPONENT = 0x1F;
  private static final int HALF_BIAS = 15;
  private static final int FLOAT_FRACTION_BITS = 23;
  private static final int FLOAT_LARGEST_EXPONENT = 0xFF;
  private static final int FLOAT_BIAS = 127;
  private static final float SMALLEST_HALF = 0x1p-24f;

  private final int bytes;

  Dtype(int bytes) {
    this.bytes = bytes;
  }

  /** The type of that name, if it is one of {@code allowed}. */
  static Optional<Dtype> named(String name, Set<Dtype> allowed) {
    return allowed.stream().filter(dtype -> dtype.name().equals(name)).findFirst();
  }

  /** The names of types, such as a message shows them. */
  static String names(Set<Dtype> types) {
    return String.join(", ", types.stream().map(Dtype::name).toList());
  }

  /** A float of the next value's bytes. */
  abstract float next(ByteBuffer bytes);

  /** The bytes that one value takes. */
  int bytes() {
    return bytes;
  }

  /** Decodes all that is in {@code from}, which is little-endian, to {@code to[at]} and on. */
  void decode(ByteBuffer from, float[] to, int at) {
    for (int i = at; from.hasRemaining(); i++) {
      to[i] = next(from);
    }
  }

  private static float half(short bits) {
    int sign = (bits & 0x8000) << Short.SIZE;
    int exponent = (bits >> HALF_FRACTION_BITS) & HALF_LARGEST_EXPONENT;
    int fraction = bits & ((1 << HALF_FRACTION_BITS) - 1);
    if (exponent == 0) {
      return Math.copySign(fraction * SMALLEST_HALF, Float.intBitsToFloat(sign));
    }
    int wide =
        exponent == HALF_LARGEST_EXPONENT
            ? FLOAT_LARGEST_EXPONENT
            : exponent - HALF_BIAS + FLOAT_BIAS;
    int wideFraction = fraction << (FLOAT_FRACTION_BITS - HALF_FRACTION_BITS);
    return Float.intBitsToFloat(sign | (wide << FLOAT_FRACTION_BITS) | wideFraction);
  }
}
