package dev.kindred.text.corenlp;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What is under the GPL stays apart; the build's enforcer holds the modules' poms to the same. */
@AnalyzeClasses(packages = "dev.kindred", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule NOTHING_ELSE_KNOWS_CORENLP =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.kindred.text.corenlp..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.kindred.text.corenlp..", "edu.stanford..");

  @ArchTest
  static final ArchRule KNOWS_THE_INTERFACES_OF_TEXT_ONLY =
      classes()
          .that()
          .resideInAPackage("dev.kindred.text.corenlp..")
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage("dev.kindred.."))
                  .or(
                      resideInAnyPackage(
                          "dev.kindred.text.corenlp..",
                          "dev.kindred.text.augment",
                          "dev.kindred.text.data",
                          "dev.kindred.text.tokenizer",
                          "dev.kindred.runtime")));
}
