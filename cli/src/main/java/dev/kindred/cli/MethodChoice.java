package dev.kindred.cli;

import dev.kindred.losses.InfoNce;
import dev.kindred.method.BarlowTwins;
import dev.kindred.method.Byol;
import dev.kindred.method.CrossEntropy;
import dev.kindred.method.Dino;
import dev.kindred.method.GradedPairs;
import dev.kindred.method.IMix;
import dev.kindred.method.Method;
import dev.kindred.method.MixCo;
import dev.kindred.method.MoCo;
import dev.kindred.method.MoCoV3;
import dev.kindred.method.Momentum;
import dev.kindred.method.NnClr;
import dev.kindred.method.PairContrast;
import dev.kindred.method.SimClr;
import dev.kindred.method.SimCse;
import dev.kindred.method.SimCseQueue;
import dev.kindred.method.SimSiam;
import dev.kindred.method.SupCon;
import dev.kindred.method.Swav;
import dev.kindred.method.TripletContrast;
import dev.kindred.method.VicReg;
import dev.kindred.rl.TimePairs;
import dev.kindred.rl.method.Atc;
import dev.kindred.rl.method.Curl;
import dev.kindred.rl.method.LatentPrediction;
import dev.kindred.text.TsDae;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.augment.ImageMixing;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A method by name.
 *
 * @param build makes it from the options
 * @param takes the options of methods that it has
 * @param sgdRate what SGD's usual learning rate becomes
 * @param domain what alone it works on, as {@link TrainingOptions#domain} has it
 * @param parts of how many texts its examples must be; 0 for any number
 * @param labels what it needs beside the examples
 */
record MethodChoice(
    Function<TrainingOptions, Method> build,
    Set<String> takes,
    SgdRate sgdRate,
    Optional<String> domain,
    int parts,
    Labels labels) {
  /** The method for texts unless told. */
  static final String SIMCSE = "simcse";

  /** The name of the method that has one view damaged, and the other as it is. */
  static final String TSDAE = "tsdae";

  /** The method that only fine-tunes and compares. */
  static final String CROSS_ENTROPY = "cross-entropy";

  /** The method for observations unless told. */
  static final String CURL = "curl";

  private static final String ATC = "atc";
  private static final String TEMPORAL = "temporal";
  private static final String SPR = "spr";
  private static final String TEMPERATURE = "--temperature";
  private static final String LAYERS = "--projector-layers";
  private static final String PROJECTOR = "--projector";
  private static final String PREDICTOR = "--predictor";
  private static final String WIDTHS = "--widths";
  private static final String EMA = "--ema";
  private static final String QUEUE = "--queue";
  private static final String GROUPS = "--norm-groups";
  private static final String MIXING = "--mixing";
  private static final String DECODER = "--decoder-depth";

  /**
   * SGD's learning rate for losses whose gradients are larger than SimCLR's.
   *
   * @param factor what the usual rate is multiplied by
   * @param most what it then is at most: with some losses, higher rates let the projections lose
   *     their rank in the first tens of steps, whatever the batch
   */
  record SgdRate(double factor, double most) {
    static final SgdRate USUAL = new SgdRate(1, Double.POSITIVE_INFINITY);

    /** Of MoCo's losses, and SupCon's. */
    static final SgdRate SHARP = new SgdRate(0.5, 0.06);

    static SgdRate times(double factor) {
      return new SgdRate(factor, Double.POSITIVE_INFINITY);
    }

    double of(double usual) {
      return Math.min(usual * factor, most);
    }
  }

  /** What a method needs to be told of an example. */
  enum Labels {
    NONE,
    CLASSES,
    GRADES
  }

  private MethodChoice(Function<TrainingOptions, Method> build, Set<String> takes) {
    this(build, takes, SgdRate.USUAL, Optional.empty(), 0, Labels.NONE);
  }

  private MethodChoice withSgdRate(SgdRate value) {
    return new MethodChoice(build, takes, value, domain, parts, labels);
  }

  private MethodChoice ofImages() {
    return new MethodChoice(
        build, takes, sgdRate, Optional.of(ImageTrainingOptions.DOMAIN), parts, labels);
  }

  private MethodChoice ofTexts(int count) {
    return new MethodChoice(
        build, takes, sgdRate, Optional.of(TextTrainingOptions.DOMAIN), count, labels);
  }

  private MethodChoice ofObservations() {
    return new MethodChoice(
        build, takes, sgdRate, Optional.of(RlTrainingOptions.DOMAIN), parts, labels);
  }

  private MethodChoice labelled(Labels value) {
    return new MethodChoice(build, takes, sgdRate, domain, parts, value);
  }

  boolean takesTemperature() {
    return takes.contains(TEMPERATURE);
  }

  static Catalogue<MethodChoice> catalogue() {
    return new Catalogue<MethodChoice>("method")
        .with(
            "simclr",
            new MethodChoice(MethodChoice::simClr, Set.of(TEMPERATURE, LAYERS)),
            "two views against all others of the batch; Chen et al. 2020, arXiv:2002.05709")
        .with(
            SIMCSE,
            new MethodChoice(MethodChoice::simCse, Set.of(TEMPERATURE, PROJECTOR, WIDTHS)),
            "text: a view against the others', hard negatives; Gao et al. 2021, arXiv:2104.08821")
        .with(
            "simcse-queue",
            new MethodChoice(
                MethodChoice::simCseQueue, Set.of(TEMPERATURE, PROJECTOR, WIDTHS, EMA, QUEUE)),
            "ESimCSE: simcse, past keys negatives too; Wu et al. 2021, arXiv:2109.04380")
        .with(
            "pair-contrast",
            new MethodChoice(MethodChoice::pairContrast, Set.of(TEMPERATURE, PROJECTOR)),
            "pairs found in both directions; Henderson et al. 2017, arXiv:1705.00652")
        .with(
            "triplet-contrast",
            new MethodChoice(MethodChoice::tripletContrast, Set.of(PROJECTOR)).ofTexts(3),
            "texts: anchor, positive, negative; Schroff et al. 2015, arXiv:1503.03832")
        .with(
            "graded-pairs",
            new MethodChoice(MethodChoice::gradedPairs, Set.of(PROJECTOR))
                .ofTexts(2)
                .labelled(Labels.GRADES),
            "texts: scores grade how alike a pair is, by CoSENT; Su 2022")
        .with(
            TSDAE,
            new MethodChoice(MethodChoice::tsDae, Set.of(DECODER)).ofTexts(1),
            "texts: a damaged one is written again; Wang et al. 2021, arXiv:2104.06979")
        .with(
            "moco",
            new MethodChoice(MethodChoice::moCo, Set.of(TEMPERATURE, EMA, QUEUE, GROUPS))
                .withSgdRate(SgdRate.SHARP),
            "v2: a queue of a momentum encoder's keys; Chen et al. 2020, arXiv:2003.04297")
        .with(
            "mocov3",
            new MethodChoice(MethodChoice::moCoV3, Set.of(TEMPERATURE, PROJECTOR, PREDICTOR, EMA)),
            "predictions against a momentum encoder's batch; Chen et al. 2021, arXiv:2104.02057")
        .with(
            "byol",
            new MethodChoice(MethodChoice::byol, Set.of(PROJECTOR, PREDICTOR, EMA)),
            "foretells a momentum encoder, no negatives; Grill et al. 2020, arXiv:2006.07733")
        .with(
            "simsiam",
            new MethodChoice(MethodChoice::simSiam, Set.of(PROJECTOR, PREDICTOR)),
            "foretells itself with a stopped gradient; Chen and He 2020, arXiv:2011.10566")
        .with(
            "swav",
            new MethodChoice(MethodChoice::swav, Set.of(TEMPERATURE, PROJECTOR)),
            "foretells the other view's cluster; Caron et al. 2020, arXiv:2006.09882")
        .with(
            "barlow-twins",
            new MethodChoice(MethodChoice::barlowTwins, Set.of(PROJECTOR))
                .withSgdRate(SgdRate.times(0.05)),
            "features agree between views, and differ; Zbontar et al. 2021, arXiv:2103.03230")
        .with(
            "vicreg",
            new MethodChoice(MethodChoice::vicReg, Set.of(PROJECTOR))
                .withSgdRate(SgdRate.times(0.1)),
            "variance, invariance, covariance; Bardes et al. 2021, arXiv:2105.04906")
        .with(
            "dino",
            new MethodChoice(MethodChoice::dino, Set.of(EMA)),
            "self-distillation, for vision transformers too; Caron et al. 2021, arXiv:2104.14294")
        .with(
            "nnclr",
            new MethodChoice(MethodChoice::nnClr, Set.of(TEMPERATURE, PROJECTOR, PREDICTOR, QUEUE)),
            "nearest neighbours as positives; Dwibedi et al. 2021, arXiv:2104.14548")
        .with(
            "imix",
            new MethodChoice(MethodChoice::iMix, Set.of(TEMPERATURE, PROJECTOR, MIXING)).ofImages(),
            "images: blends of two find both; Lee et al. 2021, arXiv:2010.08887")
        .with(
            "mixco",
            new MethodChoice(MethodChoice::mixCo, Set.of(TEMPERATURE, EMA, QUEUE, GROUPS, MIXING))
                .withSgdRate(SgdRate.SHARP)
                .ofImages(),
            "images: moco with blends of two beside; Kim et al. 2020, arXiv:2010.06300")
        .with(
            CURL,
            new MethodChoice(MethodChoice::curl, Set.of(EMA)).ofObservations(),
            "observations: found again by a momentum encoder; Laskin et al. 2020, arXiv:2004.04136")
        .with(
            ATC,
            new MethodChoice(MethodChoice::atc, Set.of(EMA)).ofObservations(),
            "observations: that of a few steps later is found; Stooke et al. 2020, arXiv:2009.08319")
        .with(
            TEMPORAL,
            new MethodChoice(MethodChoice::simClr, Set.of(TEMPERATURE, LAYERS)).ofObservations(),
            "observations: simclr of one and one of up to --steps later; Sermanet et al. 2017,"
                + " arXiv:1704.06888")
        .with(
            SPR,
            new MethodChoice(MethodChoice::spr, Set.of(EMA)).ofObservations(),
            "observations: the next ones foretold from actions; Schwarzer et al. 2020, arXiv:2007.05929")
        .with(
            CROSS_ENTROPY,
            new MethodChoice(MethodChoice::crossEntropy, Set.of())
                .labelled(Labels.CLASSES)
                .ofImages(),
            "images: a classifier trained with labels; to compare with, and to fine-tune")
        .with(
            "supcon",
            new MethodChoice(MethodChoice::supCon, Set.of(TEMPERATURE, PROJECTOR))
                .withSgdRate(SgdRate.SHARP)
                .labelled(Labels.CLASSES),
            "labels make the positives; Khosla et al. 2020, arXiv:2004.11362");
  }

  /**
   * The method with these options.
   *
   * @throws IllegalArgumentException if an option is given that it does not have, or one is wrong
   */
  Method of(TrainingOptions options) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    given.put(TEMPERATURE, options.temperature);
    given.put(LAYERS, options.projectorLayers);
    given.put(PROJECTOR, options.projector);
    given.put(PREDICTOR, options.predictor);
    given.put(WIDTHS, options.widths);
    given.put(EMA, options.ema);
    given.put(QUEUE, options.queue);
    given.put(GROUPS, options.normGroups);
    given.put(MIXING, options.mixing());
    given.put(DECODER, options.decoderDepth);
    given.forEach(
        (name, value) -> {
          if (value != null && !takes.contains(name)) {
            throw new IllegalArgumentException(
                "%s is not an option of method %s; leave it out".formatted(name, options.method));
          }
        });
    return build.apply(options);
  }

  /**
   * Checks that it works on such examples.
   *
   * @throws IllegalArgumentException if it does not
   */
  void requireDomain(TrainingOptions options) {
    domain.ifPresent(
        only -> {
          if (!only.equals(options.domain())) {
            throw new IllegalArgumentException(
                "--method %s is for %s, not for %s; kindred methods lists the others"
                    .formatted(options.method, only, options.domain()));
          }
        });
  }

  /** The views as this method wants them. */
  ImageViews views(ImageTrainingOptions options, ImageViews views) {
    return takes.contains(MIXING)
        ? views.mixing(ImageMixing.of(or(options.mixing, ImageMixing.MIXUP.label())))
        : views;
  }

  /** Which observations are the views of an example, for this method. */
  TimePairs pairs(RlTrainingOptions options) {
    return switch (options.method) {
      case ATC -> TimePairs.ahead(or(options.steps, 3));
      case TEMPORAL -> TimePairs.within(or(options.steps, 10));
      case SPR -> TimePairs.run(or(options.steps, 5));
      default -> {
        if (options.steps != null) {
          throw new IllegalArgumentException(
              "--steps is not an option of method %s; leave it out".formatted(options.method));
        }
        yield TimePairs.same();
      }
    };
  }

  private static Method curl(TrainingOptions options) {
    Curl method = Curl.defaults();
    return method.withMomentum(momentum(options, method.momentum()));
  }

  private static Method atc(TrainingOptions options) {
    Atc method = Atc.defaults();
    return method.withMomentum(momentum(options, method.momentum()));
  }

  private static Method spr(TrainingOptions options) {
    LatentPrediction method = LatentPrediction.defaults();
    return method.withMomentum(momentum(options, method.momentum()));
  }

  private static Method simClr(TrainingOptions options) {
    SimClr method = SimClr.defaults();
    if (options.temperature != null) {
      method = method.withTemperature(options.temperature);
    }
    return options.projectorLayers == null ? method : method.withLayers(options.projectorLayers);
  }

  private static SimCse simCse(TrainingOptions options) {
    SimCse method = SimCse.defaults();
    return new SimCse(
        widths(PROJECTOR, options.projector, method.projector()),
        or(options.temperature, method.temperature()),
        widths(WIDTHS, options.widths, method.widths()));
  }

  private static Method simCseQueue(TrainingOptions options) {
    SimCseQueue method = SimCseQueue.defaults();
    return new SimCseQueue(
        simCse(options),
        or(options.queue, Math.max(method.queueSize(), options.batchSize * 5 / 2)),
        momentum(options, method.momentum()));
  }

  private static Method pairContrast(TrainingOptions options) {
    double temperature = or(options.temperature, SimCse.DEFAULT_TEMPERATURE);
    return new PairContrast(
        widths(PROJECTOR, options.projector, List.of()),
        InfoNce.withTemperature(temperature).symmetric());
  }

  private static Method tripletContrast(TrainingOptions options) {
    TripletContrast method = TripletContrast.defaults();
    return new TripletContrast(
        widths(PROJECTOR, options.projector, method.projector()), method.loss());
  }

  private static Method gradedPairs(TrainingOptions options) {
    GradedPairs method = GradedPairs.defaults();
    return new GradedPairs(
        widths(PROJECTOR, options.projector, method.projector()), method.scale());
  }

  private static Method tsDae(TrainingOptions options) {
    TsDae method = TsDae.defaults();
    return new TsDae(or(options.decoderDepth, method.depth()), or(options.heads(), method.heads()));
  }

  private static MoCo moCo(TrainingOptions options) {
    MoCo method = MoCo.defaults();
    return new MoCo(
        method.hiddenWidth(),
        method.outputWidth(),
        or(options.temperature, method.temperature()),
        or(options.queue, method.queueSize()),
        momentum(options, method.momentum()),
        method.symmetric(),
        or(options.normGroups, method.normGroups()));
  }

  private static Method moCoV3(TrainingOptions options) {
    MoCoV3 method = MoCoV3.defaults();
    return new MoCoV3(
        widths(PROJECTOR, options.projector, method.projector()),
        widths(PREDICTOR, options.predictor, method.predictor()),
        or(options.temperature, method.temperature()),
        momentum(options, method.momentum()));
  }

  private static Method byol(TrainingOptions options) {
    Byol method = Byol.defaults();
    return new Byol(
        widths(PROJECTOR, options.projector, method.projector()),
        widths(PREDICTOR, options.predictor, method.predictor()),
        momentum(options, method.momentum()));
  }

  private static Method simSiam(TrainingOptions options) {
    SimSiam method = SimSiam.defaults();
    return new SimSiam(
        widths(PROJECTOR, options.projector, method.projector()),
        widths(PREDICTOR, options.predictor, method.predictor()));
  }

  private static Method swav(TrainingOptions options) {
    Swav method = Swav.defaults();
    return new Swav(
        widths(PROJECTOR, options.projector, method.projector()),
        method.prototypes(),
        or(options.temperature, method.temperature()),
        method.frozen(),
        method.queueSize(),
        method.queueFrom());
  }

  private static Method barlowTwins(TrainingOptions options) {
    BarlowTwins method = BarlowTwins.defaults();
    return new BarlowTwins(
        widths(PROJECTOR, options.projector, method.projector()), method.lambda(), method.scale());
  }

  private static Method vicReg(TrainingOptions options) {
    VicReg method = VicReg.defaults();
    return new VicReg(
        widths(PROJECTOR, options.projector, method.projector()),
        method.invariance(),
        method.variance(),
        method.covariance());
  }

  private static Method dino(TrainingOptions options) {
    Dino method = Dino.defaults();
    return method.withMomentum(momentum(options, method.momentum()));
  }

  private static Method nnClr(TrainingOptions options) {
    NnClr method = NnClr.defaults();
    return new NnClr(
        widths(PROJECTOR, options.projector, method.projector()),
        widths(PREDICTOR, options.predictor, method.predictor()),
        or(options.temperature, method.temperature()),
        or(options.queue, method.supportSize()));
  }

  private static Method iMix(TrainingOptions options) {
    IMix method = IMix.defaults();
    return new IMix(
        widths(PROJECTOR, options.projector, method.projector()),
        or(options.temperature, method.temperature()));
  }

  private static Method mixCo(TrainingOptions options) {
    MoCo moco = moCo(options).withSymmetric(false);
    return new MixCo(moco, moco.temperature(), MixCo.defaults().weight());
  }

  private static Method crossEntropy(TrainingOptions options) {
    if (options.classes() < 2) {
      throw new IllegalArgumentException(
          "--method %s needs labels of two classes or more, but --data has %d; give a folder with class folders"
              .formatted(CROSS_ENTROPY, options.classes()));
    }
    return new CrossEntropy(options.classes());
  }

  private static Method supCon(TrainingOptions options) {
    SupCon method = SupCon.defaults();
    return new SupCon(
        widths(PROJECTOR, options.projector, method.projector()),
        or(options.temperature, method.temperature()));
  }

  private static <T> T or(@Nullable T given, T usual) {
    return given == null ? usual : given;
  }

  private static Momentum momentum(TrainingOptions options, Momentum usual) {
    return options.ema == null ? usual : new Momentum(options.ema, usual.rising());
  }

  private static List<Integer> widths(String option, @Nullable String given, List<Integer> usual) {
    if (given == null) {
      return usual;
    }
    if (!given.matches("[1-9][0-9]{0,5}(-[1-9][0-9]{0,5})*")) {
      throw new IllegalArgumentException(
          "%s must be widths with hyphens between them, such as 512-128; was %s"
              .formatted(option, given));
    }
    return Arrays.stream(given.split("-", -1)).map(Integer::valueOf).toList();
  }
}
