package dev.kindred.runtime;

import org.tensorflow.proto.RewriterConfig;

/**
 * The arithmetic of a training step. Parameters, statistics, optimizer and loss stay float32; the
 * lower precisions let TensorFlow's own graph rewrite run convolutions and matrix products in 16
 * bits.
 */
public enum Precision {
  /** 32-bit floats throughout: the default. */
  FLOAT32 {
    @Override
    void configure(RewriterConfig.Builder rewriter) {}
  },
  /**
   * bfloat16 on CPUs that have it (AVX-512 BF16, AMX) through oneDNN; no loss scaling is needed.
   */
  BFLOAT16 {
    @Override
    void configure(RewriterConfig.Builder rewriter) {
      rewriter.setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
    }
  },
  /** float16 on GPUs with tensor cores. */
  FLOAT16 {
    @Override
    void configure(RewriterConfig.Builder rewriter) {
      rewriter.setAutoMixedPrecision(RewriterConfig.Toggle.ON);
    }
  };

  abstract void configure(RewriterConfig.Builder rewriter);
}
