package dev.kindred.spark;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.kindred", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule NOTHING_ELSE_KNOWS_SPARK =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.kindred.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.kindred.spark..", "org.apache.spark..", "scala..");

  @ArchTest
  static final ArchRule KNOWS_EMBEDDERS_AND_WORKERS_ONLY =
      classes()
          .that()
          .resideInAPackage("dev.kindred.spark..")
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("dev.kindred.."))
                  .or(
                      resideInAnyPackage(
                          "dev.kindred.spark..",
                          "dev.kindred.distributed",
                          "dev.kindred.vision",
                          "dev.kindred.text",
                          "dev.kindred.data",
                          "dev.kindred.embedding",
                          "dev.kindred.runtime")));
}
