package dev.kindred.cli;

import dev.kindred.nn.Encoder;
import dev.kindred.optim.AdamW;
import dev.kindred.optim.Lamb;
import dev.kindred.optim.Lars;
import dev.kindred.optim.ParameterScope;
import dev.kindred.optim.Sgd;
import dev.kindred.runtime.Precision;
import dev.kindred.vision.ResNet;
import dev.kindred.vision.Vit;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What there is to choose from. */
final class Catalogues {
  static final Catalogue<MethodChoice> METHODS = MethodChoice.catalogue();

  static final Catalogue<Function<ImageTrainingOptions, Encoder<Operand<TFloat32>>>> ENCODERS =
      new Catalogue<Function<ImageTrainingOptions, Encoder<Operand<TFloat32>>>>("encoder")
          .with(
              "resnet18",
              options -> resNet(ResNet.resnet18(), options),
              "images, 512 x width/64; He et al. 2015, arXiv:1512.03385")
          .with(
              "resnet34",
              options -> resNet(ResNet.resnet34(), options),
              "images, 512 x width/64; He et al. 2015, arXiv:1512.03385")
          .with(
              "resnet50",
              options -> resNet(ResNet.resnet50(), options),
              "images, 2048 x width/64; He et al. 2015, arXiv:1512.03385")
          .with(
              "vit-tiny",
              options -> vit(Vit::tiny, options),
              "images, 192; Dosovitskiy et al. 2020, arXiv:2010.11929")
          .with(
              "vit-small",
              options -> vit(Vit::small, options),
              "images, 384; Dosovitskiy et al. 2020, arXiv:2010.11929");

  static final Catalogue<String> TEXT_ENCODERS =
      new Catalogue<String>("text encoder")
          .with(
              TextDefaults.STATIC,
              TextDefaults.STATIC,
              "texts, 1280, or 1024; a bag of vectors; Arora et al. 2017, Wieting et al. 2015")
          .with(
              TextDefaults.TRANSFORMER,
              TextDefaults.TRANSFORMER,
              "texts, 256; Vaswani et al. 2017, arXiv:1706.03762");

  static final Catalogue<TextViewChoice> TEXT_VIEWS = TextViewChoice.catalogue();

  static final Catalogue<String> LOSSES =
      new Catalogue<String>("loss")
          .with(
              "nt-xent",
              "NtXent",
              "both views against all others of the batch; Chen et al. 2020, arXiv:2002.05709")
          .with(
              "info-nce",
              "InfoNce",
              "queries against keys, hard negatives or a queue; van den Oord et al. 2018, arXiv:1807.03748")
          .with(
              "sup-con",
              "SupCon",
              "each row and all of its label; Khosla et al. 2020, arXiv:2004.11362")
          .with(
              "dcl",
              "Dcl",
              "NT-Xent, the positive left out below; Yeh et al. 2021, arXiv:2110.06848")
          .with(
              "triplet",
              "Triplet",
              "anchor, positive, negative and a margin; Schroff et al. 2015, arXiv:1503.03832")
          .with("n-pair", "NPair", "one pair of each class; Sohn 2016, NeurIPS")
          .with(
              "contrastive-margin",
              "ContrastiveMargin",
              "like and unlike pairs; Hadsell et al. 2006, CVPR")
          .with(
              "logistic-nce",
              "LogisticNce",
              "own key or not, yes or no; Gutmann and Hyvarinen 2010, AISTATS")
          .with("siglip", "SigLip", "every pair by a sigmoid; Zhai et al. 2023, arXiv:2303.15343")
          .with("byol", "Byol", "regression of the target; Grill et al. 2020, arXiv:2006.07733")
          .with(
              "simsiam",
              "SimSiam",
              "negative cosine to the other branch; Chen and He 2020, arXiv:2011.10566")
          .with(
              "barlow-twins",
              "BarlowTwins",
              "feature correlation to the identity; Zbontar et al. 2021, arXiv:2103.03230")
          .with(
              "vicreg",
              "VicReg",
              "variance, invariance, covariance; Bardes et al. 2021, arXiv:2105.04906")
          .with("swav", "Swav", "swapped cluster assignments; Caron et al. 2020, arXiv:2006.09882")
          .with("dino", "Dino", "self-distillation; Caron et al. 2021, arXiv:2104.14294")
          .with(
              "nnclr",
              "NnClr",
              "nearest neighbours as positives; Dwibedi et al. 2021, arXiv:2104.14548")
          .with("cosent", "CoSent", "the order of graded pairs; Su 2022")
          .with(
              "alignment",
              "Alignment",
              "positive pairs close; Wang and Isola 2020, arXiv:2005.10242")
          .with(
              "uniformity",
              "Uniformity",
              "rows evenly spread; Wang and Isola 2020, arXiv:2005.10242")
          .with(
              "koleo",
              "KoLeo",
              "nearest neighbours pushed away; Sablayrolles et al. 2018, arXiv:1806.03198")
          .with(
              "matryoshka",
              "Matryoshka",
              "a loss at several widths; Kusupati et al. 2022, arXiv:2205.13147")
          .with(
              "labelled-pairs", "LabelledPairs", "a loss of labels, each pair a label of its own");

  static final Catalogue<OptimizerChoice> OPTIMIZERS =
      new Catalogue<OptimizerChoice>("optimizer")
          .with("sgd", new OptimizerChoice(Catalogues::sgd, 0.06, 128, false), "momentum descent")
          .with(
              "adamw",
              new OptimizerChoice(Catalogues::adamW, 1e-3, 256, true),
              "Adam, decoupled decay")
          .with(
              "lars",
              new OptimizerChoice(Catalogues::lars, 0.3, 256, true),
              "momentum, layer-wise rates")
          .with(
              "lamb",
              new OptimizerChoice(Catalogues::lamb, 1e-3, 256, true),
              "Adam, layer-wise rates");

  static final Catalogue<Precision> PRECISIONS =
      new Catalogue<Precision>("precision")
          .with("float32", Precision.FLOAT32, "the default")
          .with("bfloat16", Precision.BFLOAT16, "CPUs with AVX-512 BF16 or AMX")
          .with("float16", Precision.FLOAT16, "GPUs");

  static final Catalogue<ParameterScope> DECAYS =
      new Catalogue<ParameterScope>("decay")
          .with("all", ParameterScope.ALL, "every trainable parameter")
          .with("weights", ParameterScope.WEIGHTS_ONLY, "no biases, no normalisation");

  private static final int SMALL_IMAGE = 64;

  private Catalogues() {}

  private static ResNet resNet(ResNet network, ImageTrainingOptions options) {
    ResNet encoder = options.width == null ? network : network.width(options.width);
    boolean small =
        options.stem == ImageTrainingOptions.Stem.AUTO
            ? Objects.requireNonNull(options.imageSize) <= SMALL_IMAGE
            : options.stem == ImageTrainingOptions.Stem.SMALL_IMAGE;
    return small ? encoder.smallImageStem() : encoder;
  }

  private static Vit vit(IntFunction<Vit> network, ImageTrainingOptions options) {
    if (options.width != null || options.stem != ImageTrainingOptions.Stem.AUTO) {
      throw new IllegalArgumentException(
          "--width and --stem are options of ResNets, not of %s; leave them out"
              .formatted(options.encoder));
    }
    return network.apply(Objects.requireNonNull(options.imageSize));
  }

  private static Sgd sgd(TrainingOptions options) {
    return Sgd.momentum(options.momentum == null ? 0.9f : options.momentum)
        .weightDecay(options.weightDecay == null ? 5e-4f : options.weightDecay)
        .scope(options.decay(ParameterScope.ALL));
  }

  private static AdamW adamW(TrainingOptions options) {
    options.refuseMomentum();
    AdamW adam = AdamW.defaults().scope(options.decay(ParameterScope.WEIGHTS_ONLY));
    return options.weightDecay == null ? adam : adam.weightDecay(options.weightDecay);
  }

  private static Lars lars(TrainingOptions options) {
    Lars lars = Lars.defaults().scope(options.decay(ParameterScope.WEIGHTS_ONLY));
    lars = options.momentum == null ? lars : lars.momentum(options.momentum);
    return options.weightDecay == null ? lars : lars.weightDecay(options.weightDecay);
  }

  private static Lamb lamb(TrainingOptions options) {
    options.refuseMomentum();
    Lamb lamb = Lamb.defaults().scope(options.decay(ParameterScope.WEIGHTS_ONLY));
    return options.weightDecay == null ? lamb : lamb.weightDecay(options.weightDecay);
  }
}
