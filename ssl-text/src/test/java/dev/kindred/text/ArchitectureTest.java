package dev.kindred.text;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What text may know, and what within text may know what. */
@AnalyzeClasses(packages = "dev.kindred.text", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule KNOWS_THE_CORE_AND_THE_LOSSES_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("dev.kindred.."))
                  .or(
                      resideInAnyPackage(
                          "dev.kindred.text..",
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
  static final ArchRule TOKENIZERS_KNOW_NO_GRAPH =
      noClasses()
          .that()
          .resideInAPackage("dev.kindred.text.tokenizer")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tensorflow..", "dev.kindred.text", "dev.kindred.text.augment");

  @ArchTest
  static final ArchRule ONLY_TOKENIZERS_KNOW_HUGGING_FACE =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.kindred.text.tokenizer")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");
}
