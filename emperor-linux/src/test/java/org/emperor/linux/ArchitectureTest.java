package org.emperor.linux;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of the house for this module. */
@AnalyzeClasses(packages = "org.emperor.linux", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule JNR_LIVES_ONLY_IN_SYS = noClasses()
            .that()
            .resideOutsideOfPackage("org.emperor.linux.sys")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jnr..", "com.kenai..");

    @ArchTest
    static final ArchRule PLAN_IS_PURE = classes()
            .that()
            .resideInAPackage("org.emperor.linux.plan")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.emperor.linux.plan",
                    "org.emperor.jail",
                    "org.emperor.spec",
                    "org.emperor.lang",
                    "org.emperor.realm",
                    "org.jspecify..",
                    "java.lang..",
                    "java.util",
                    "java.util.function",
                    "java.util.stream",
                    "java.nio",
                    "java.nio.charset",
                    "java.nio.file", // Path values only
                    "java.time"); // durations; clocks are forbidden below

    @ArchTest
    static final ArchRule PLAN_TOUCHES_NOTHING = noClasses()
            .that()
            .resideInAPackage("org.emperor.linux.plan")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.nio\\.file\\.Files|java\\.lang\\.Thread|java\\.lang\\.System|java\\.util\\.Random"
                    + "|java\\.time\\.(Clock|Instant)");

    @ArchTest
    static final ArchRule ONLY_WHAT_A_PLATFORM_MAY_USE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.emperor.loop..",
                    "org.emperor.http..",
                    "org.emperor.metrics..",
                    "org.emperor.cli..",
                    "org.emperor.state..",
                    "org.emperor.log..",
                    "org.emperor.monitor..",
                    "org.emperor.freebsd..");

    @ArchTest
    static final ArchRule NOBODY_ELSE_STARTS_PROCESSES =
            noClasses().should().dependOnClassesThat().haveNameMatching("java\\.lang\\.(ProcessBuilder|Runtime)");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("org.emperor.(linux..)").should().beFreeOfCycles();
}
