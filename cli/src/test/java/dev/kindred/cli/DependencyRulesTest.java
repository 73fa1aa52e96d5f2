package dev.kindred.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which module may know which; see docs/architecture.md. */
@AnalyzeClasses(packages = "dev.kindred", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRulesTest {
  private static final String[] DOMAINS = {
    "dev.kindred.vision..", "dev.kindred.text..", "dev.kindred.rl.."
  };

  @ArchTest
  static final ArchRule nothingKnowsTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.kindred.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.kindred.cli..");

  @ArchTest
  static final ArchRule lossesKnowNothingElse =
      classes()
          .that()
          .resideInAPackage("dev.kindred.losses..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackage("dev.kindred..")
          .orShould()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.kindred.losses..", "java..", "org.tensorflow..", "org.jspecify..");

  @ArchTest
  static final ArchRule theCoreKnowsNoDomainAndNoEvaluation =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.kindred.vision..",
              "dev.kindred.text..",
              "dev.kindred.rl..",
              "dev.kindred.evaluation..",
              "dev.kindred.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.kindred.vision..",
              "dev.kindred.text..",
              "dev.kindred.rl..",
              "dev.kindred.evaluation..");

  @ArchTest
  static final ArchRule evaluationKnowsNoDomain =
      noClasses()
          .that()
          .resideInAPackage("dev.kindred.evaluation..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DOMAINS);

  /** But that observations are pictures, whose colours are changed as any picture's. */
  @ArchTest
  static final ArchRule domainsDoNotKnowEachOtherNorEvaluation =
      slices()
          .matching("dev.kindred.(vision|text|rl|evaluation)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              resideInAPackage("dev.kindred.rl.."), resideInAPackage("dev.kindred.vision.augment"))
          .allowEmptyShould(true);
}
