package dev.kindred.evaluation;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.kindred.evaluation",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule KNOWS_NO_DOMAIN =
      classes()
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("dev.kindred.."))
                  .or(
                      resideInAnyPackage(
                          "dev.kindred.evaluation..",
                          "dev.kindred.data",
                          "dev.kindred.embedding",
                          "dev.kindred.runtime",
                          "dev.kindred.train")));

  @ArchTest
  static final ArchRule NEEDS_TENSORFLOW_STATISTICS_LUCENE_AND_A_TEMPLATE_ENGINE_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "dev.kindred..",
                  "java..",
                  "org.tensorflow..",
                  "org.slf4j",
                  "org.jspecify..",
                  "org.hipparchus..",
                  "org.apache.lucene..",
                  "com.samskivert.."));
}
