package dev.kindred.cli;

import dev.kindred.method.Method;
import dev.kindred.method.SimClr;
import dev.kindred.optim.AdamW;
import dev.kindred.optim.Lamb;
import dev.kindred.optim.Lars;
import dev.kindred.optim.ParameterScope;
import dev.kindred.optim.Sgd;
import dev.kindred.runtime.Precision;
import dev.kindred.vision.ResNet;
import java.util.function.Function;

/** What there is to choose from. */
final class Catalogues {
  static final Catalogue<Function<ImageTrainingOptions, Method>> METHODS =
      new Catalogue<Function<ImageTrainingOptions, Method>>("method")
          .with(
              "simclr",
              Catalogues::simClr,
              "two views against all others of the batch; Chen et al. 2020, arXiv:2002.05709");

  static final Catalogue<ResNet> ENCODERS =
      new Catalogue<ResNet>("encoder")
          .with(
              "resnet18",
              ResNet.resnet18(),
              "images, 512 x width/64; He et al. 2015, arXiv:1512.03385")
          .with(
              "resnet34",
              ResNet.resnet34(),
              "images, 512 x width/64; He et al. 2015, arXiv:1512.03385")
          .with(
              "resnet50",
              ResNet.resnet50(),
              "images, 2048 x width/64; He et al. 2015, arXiv:1512.03385");

  static final Catalogue<String> LOSSES =
      new Catalogue<String>("loss")
          .with(
              "nt-xent",
              "NtXent",
              "both views against all others of the batch; Chen et al. 2020, arXiv:2002.05709")
          .with(
              "info-nce",
              "InfoNce",
              "queries against the keys of the batch; van den Oord et al. 2018, arXiv:1807.03748");

  static final Catalogue<OptimizerChoice> OPTIMIZERS =
      new Catalogue<OptimizerChoice>("optimizer")
          .with("sgd", new OptimizerChoice(Catalogues::sgd, 0.06, 128), "momentum descent")
          .with("adamw", new OptimizerChoice(Catalogues::adamW, 1e-3, 256), "Adam, decoupled decay")
          .with(
              "lars", new OptimizerChoice(Catalogues::lars, 0.3, 256), "momentum, layer-wise rates")
          .with("lamb", new OptimizerChoice(Catalogues::lamb, 1e-3, 256), "Adam, layer-wise rates");

  static final Catalogue<Precision> PRECISIONS =
      new Catalogue<Precision>("precision")
          .with("float32", Precision.FLOAT32, "the default")
          .with("bfloat16", Precision.BFLOAT16, "CPUs with AVX-512 BF16 or AMX")
          .with("float16", Precision.FLOAT16, "GPUs");

  static final Catalogue<ParameterScope> DECAYS =
      new Catalogue<ParameterScope>("decay")
          .with("all", ParameterScope.ALL, "every trainable parameter")
          .with("weights", ParameterScope.WEIGHTS_ONLY, "no biases, no normalisation");

  private Catalogues() {}

  private static Method simClr(ImageTrainingOptions options) {
    SimClr method = SimClr.defaults();
    if (options.temperature != null) {
      method = method.withTemperature(options.temperature);
    }
    return options.projectorLayers == null ? method : method.withLayers(options.projectorLayers);
  }

  private static Sgd sgd(ImageTrainingOptions options) {
    return Sgd.momentum(options.momentum == null ? 0.9f : options.momentum)
        .weightDecay(options.weightDecay == null ? 5e-4f : options.weightDecay)
        .scope(options.decay(ParameterScope.ALL));
  }

  private static AdamW adamW(ImageTrainingOptions options) {
    options.refuseMomentum();
    AdamW adam = AdamW.defaults().scope(options.decay(ParameterScope.WEIGHTS_ONLY));
    return options.weightDecay == null ? adam : adam.weightDecay(options.weightDecay);
  }

  private static Lars lars(ImageTrainingOptions options) {
    Lars lars = Lars.defaults().scope(options.decay(ParameterScope.WEIGHTS_ONLY));
    lars = options.momentum == null ? lars : lars.momentum(options.momentum);
    return options.weightDecay == null ? lars : lars.weightDecay(options.weightDecay);
  }

  private static Lamb lamb(ImageTrainingOptions options) {
    options.refuseMomentum();
    Lamb lamb = Lamb.defaults().scope(options.decay(ParameterScope.WEIGHTS_ONLY));
    return options.weightDecay == null ? lamb : lamb.weightDecay(options.weightDecay);
  }
}
