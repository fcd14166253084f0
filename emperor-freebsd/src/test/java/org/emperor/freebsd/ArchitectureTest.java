package org.emperor.freebsd;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Random;

@AnalyzeClasses(packages = "org.emperor.freebsd", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String PLAN = "org.emperor.freebsd.plan";
    private static final String SYS = "org.emperor.freebsd.sys";

    @ArchTest
    static final ArchRule planKnowsTheSpiTheSpecAndTheLanguageOnly = classes()
            .that()
            .resideInAPackage(PLAN)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    PLAN,
                    "org.emperor.jail",
                    "org.emperor.spec",
                    "org.emperor.lang",
                    "org.jspecify..",
                    "java.lang..",
                    "java.util..",
                    "java.time.."));

    @ArchTest
    static final ArchRule planStartsNoThreadAndReadsNoClock = noClasses()
            .that()
            .resideInAPackage(PLAN)
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.util.concurrent..", "java.util.logging..")
                    .or(belongToAnyOf(
                            Thread.class,
                            Process.class,
                            ProcessBuilder.class,
                            Runtime.class,
                            Clock.class,
                            Random.class,
                            System.Logger.class)));

    @ArchTest
    static final ArchRule nativeCallsAreMadeInSysOnly = noClasses()
            .that()
            .resideOutsideOfPackage(SYS)
            .should()
            .dependOnClassesThat(resideInAnyPackage("jnr..", "com.kenai.jffi.."));

    @ArchTest
    static final ArchRule platformUsesTheSpiAndWhatIsBelowIt = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("org.emperor..")
                    .and(not(resideInAnyPackage(
                            "org.emperor.freebsd..",
                            "org.emperor.jail",
                            "org.emperor.realm",
                            "org.emperor.spec",
                            "org.emperor.lang"))));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.emperor.freebsd.(*)..").should().beFreeOfCycles();
}
