package dev.kindred.rl;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What reinforcement learning may know, and what within it may know what. */
@AnalyzeClasses(packages = "dev.kindred.rl", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule KNOWS_THE_CORE_AND_THE_COLOURS_OF_PICTURES_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("dev.kindred.."))
                  .or(
                      resideInAnyPackage(
                          "dev.kindred.rl..",
                          "dev.kindred.vision.augment",
                          "dev.kindred.losses",
                          "dev.kindred.data",
                          "dev.kindred.embedding",
                          "dev.kindred.method",
                          "dev.kindred.nn",
                          "dev.kindred.optim",
                          "dev.kindred.runtime",
                          "dev.kindred.train",
                          "dev.kindred.weights")));

  @ArchTest
  static final ArchRule WORLDS_KNOW_NO_GRAPH =
      noClasses()
          .that()
          .resideInAPackage("dev.kindred.rl.env")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tensorflow..", "dev.kindred.rl", "dev.kindred.rl.agent");
}
