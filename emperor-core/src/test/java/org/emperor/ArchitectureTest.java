package org.emperor;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emperor.jail.FileWatch;
import org.emperor.jail.IdRange;
import org.emperor.jail.IdRanges;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.loop.Mailbox;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use whom, and what nobody may use. Packages may still be empty. */
class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.emperor");

    private static final DescribedPredicate<JavaClass> JDK = resideInAnyPackage("java..", "javax..", "org.jspecify..");

    /** Small values that records of many packages carry; who may read the record may read them. */
    private static final DescribedPredicate<JavaClass> VALUES =
            belongToAnyOf(VassalName.class, Problem.class, Position.class);

    /** A spec's reader reads files; everything else here is a function of its arguments. */
    private static final DescribedPredicate<JavaClass> DECIDING = resideInAnyPackage(
                    "org.emperor.realm", "org.emperor.migration")
            .or(resideInAPackage("org.emperor.spec").and(not(simpleNameEndingWith("Reader"))));

    private static final DescribedPredicate<JavaClass> WORLD = resideInAnyPackage(
                    "java.io..", "java.net..", "java.nio..", "java.util.concurrent..", "java.util.logging..")
            .and(not(belongToAnyOf(Path.class, Charset.class)))
            .and(not(resideInAPackage("java.nio.charset")))
            .or(belongToAnyOf(
                    Thread.class,
                    Runtime.class,
                    Clock.class,
                    InstantSource.class,
                    Random.class,
                    UUID.class,
                    System.Logger.class))
            .as("are files, threads, clocks, chance or logs");

    private static final DescribedPredicate<JavaCall<?>> ASKS_THE_WORLD =
            DescribedPredicate.describe("ask a clock or chance", call -> {
                AccessTarget target = call.getTarget();
                Set<String> questions = Set.of("now", "nanoTime", "currentTimeMillis", "random", "getenv");
                return questions.contains(target.getName()) && JDK.test(target.getOwner());
            });

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lang    | -                                                     | -",
                "lang.formats | lang                                             | com.fasterxml.jackson.. org.yaml.snakeyaml..",
                "spec    | lang                                                  | -",
                "migration | lang spec                                           | -",
                "realm   | spec                                                  | -",
                "jail    | lang spec realm                                       | -",
                "monitor | lang spec realm jail                                  | -",
                "log     | lang realm jail                                       | -",
                "state   | lang realm spec jail                                  | -",
                "loop    | lang spec realm jail monitor log state                | -",
                "http    | loop log realm jail spec                              | io.netty.. com.fasterxml.jackson..",
                "metrics | loop log realm jail                                   | io.micrometer.. io.prometheus..",
                "rehearsal | spec realm jail monitor loop                        | -",
                "cli     | lang spec migration realm jail monitor log state loop http metrics rehearsal | picocli.. com.fasterxml.jackson..",
            })
    void packageUsesOnlyWhatItMay(String name, String ours, String libraries) {
        Stream<String> own = words(name + " " + ours).map(word -> "org.emperor." + word);
        String[] allowed = Stream.concat(own, words(libraries)).toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage("org.emperor." + name)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(JDK).or(VALUES))
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void monitorsUseOfAPlatformOnlyItsFileWatch() {
        usesOfJailOnly("org.emperor.monitor", FileWatch.class);
    }

    @Test
    void stateUsesOfAPlatformOnlyWhatAsksItForIdRanges() {
        usesOfJailOnly("org.emperor.state", IdRanges.class, IdRange.class);
    }

    @Test
    void packagesAreFlatAndThoseOfTheTable() {
        Set<String> known = words(
                        "lang lang.formats spec migration realm jail monitor log state loop http metrics rehearsal cli")
                .map(word -> "org.emperor." + word)
                .collect(Collectors.toSet());
        Set<String> others = CORE.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !known.contains(name))
                .collect(Collectors.toSet());
        assertEquals(Set.of(), others);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.emperor.(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void decidingTouchesNoFilesThreadsClocksChanceOrLogs() {
        noClasses().that(DECIDING).should().dependOnClassesThat(WORLD).check(CORE);
        noClasses().that(DECIDING).should().callCodeUnitWhere(ASKS_THE_WORLD).check(CORE);
    }

    /** The JDK's own reaper would compete with ours. */
    @Test
    void nobodyStartsProcessesBehindTheReapersBack() {
        noClasses()
                .should()
                .dependOnClassesThat(belongToAnyOf(ProcessBuilder.class, Process.class))
                .check(CORE);
    }

    @Test
    void threadsMeetOverLocksOnlyInTheMailbox() {
        noClasses()
                .that(not(type(Mailbox.class)))
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.concurrent.locks"))
                .check(CORE);
        methods()
                .that()
                .areDeclaredInClassesThat(not(type(Mailbox.class)))
                .should()
                .notHaveModifier(JavaModifier.SYNCHRONIZED)
                .check(CORE);
    }

    @Test
    void fieldsThatArePublicAreConstants() {
        fields().that().arePublic().should().beFinal().andShould().beStatic().check(CORE);
    }

    @Test
    void classesAreFinal() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areNotAnonymousClasses()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CORE);
    }

    /** {@code public} is for those who have a user in another package; the SPI's users may all be platforms. */
    @Test
    void publicTypesHaveAUserInAnotherPackage() {
        classes()
                .that()
                .resideInAnyPackage("org.emperor.realm")
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should(beUsedInAnotherPackage())
                .check(CORE);
    }

    private static ArchCondition<JavaClass> beUsedInAnotherPackage() {
        return new ArchCondition<>("be used in another package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean used = type.getDirectDependenciesToSelf().stream()
                        .anyMatch(it -> !it.getOriginClass().getPackageName().equals(type.getPackageName()));
                events.add(new SimpleConditionEvent(type, used, type.getName() + " has no user elsewhere"));
            }
        };
    }

    private static void usesOfJailOnly(String name, Class<?>... types) {
        noClasses()
                .that()
                .resideInAPackage(name)
                .should()
                .dependOnClassesThat(resideInAPackage("org.emperor.jail").and(not(belongToAnyOf(types))))
                .allowEmptyShould(true)
                .check(CORE);
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty() && !word.equals("-"));
    }
}
