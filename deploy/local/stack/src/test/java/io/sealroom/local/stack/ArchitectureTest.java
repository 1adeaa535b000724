package io.sealroom.local.stack;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.sealroom.privacy.dp.DiscreteGaussian;
import io.sealroom.privacy.view.NoiseMargin;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The walls of the house. No frozen violations: we start clean. */
class ArchitectureTest {

    private static final String ROOT = "io.sealroom.";

    /** What lies between an event and its hash: the same bytes on every node, for ever. */
    private static final String[] DETERMINISTIC = {
        ROOT + "schemas.hash..",
        ROOT + "schemas.release..",
        ROOT + "privacy.dp..",
        ROOT + "privacy.noise..",
        ROOT + "privacy.attribution..",
        ROOT + "privacy.overlap..",
        ROOT + "streaming.flow..",
        ROOT + "streaming.source..",
        ROOT + "streaming.admit..",
        ROOT + "streaming.match..",
        ROOT + "streaming.attribute..",
        ROOT + "streaming.combine..",
        ROOT + "streaming.totals..",
        ROOT + "streaming.release..",
    };

    private static final JavaClasses OURS =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.sealroom");

    @Test
    void schemas_and_contracts_useNothingOfOurs() {
        classes()
                .that()
                .resideInAPackage(ROOT + "schemas..")
                .should()
                .onlyDependOnClassesThat(outside("schemas"))
                .check(OURS);
        classes()
                .that()
                .resideInAPackage(ROOT + "contracts..")
                .should()
                .onlyDependOnClassesThat(outside("contracts"))
                .check(OURS);
    }

    @Test
    void privacy_and_reference_useSchemasOnly() {
        classes()
                .that()
                .resideInAPackage(ROOT + "privacy..")
                .should()
                .onlyDependOnClassesThat(outside("privacy", "schemas"))
                .check(OURS);
        classes()
                .that()
                .resideInAPackage(ROOT + "reference..")
                .should()
                .onlyDependOnClassesThat(outside("reference", "schemas"))
                .check(OURS);
    }

    @Test
    void streaming_knowsNoJob_andOnlyPublishKnowsTheContract() {
        classes()
                .that()
                .resideInAPackage(ROOT + "streaming..")
                .should()
                .onlyDependOnClassesThat(outside("streaming", "privacy", "schemas", "contracts"))
                .check(OURS);
        noClasses()
                .that(
                        resideInAPackage(ROOT + "streaming..")
                                .and(not(resideInAPackage(ROOT + "streaming.publish.."))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "contracts..")
                .check(OURS);
    }

    @Test
    void stages_doNotKnowOneAnother() {
        for (String stage :
                new String[] {
                    "source",
                    "admit",
                    "match",
                    "attribute",
                    "combine",
                    "totals",
                    "release",
                    "publish"
                }) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "streaming." + stage + "..")
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage(ROOT + "streaming..")
                                    .and(
                                            not(
                                                    resideInAnyPackage(
                                                            ROOT + "streaming." + stage + "..",
                                                            ROOT + "streaming.flow.."))))
                    .check(OURS);
        }
    }

    @Test
    void publish_canHoldNoExactTotal() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "streaming.publish..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        ".*\\.(ExactTotal|Contribution|CappedTotal|NoisyTotal|MatchedConversion|AdmittedEvent)")
                .check(OURS);
    }

    @Test
    void partnerSide_hasNoFlink() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "partner..", ROOT + "privacy..", ROOT + "schemas..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.flink..")
                .check(OURS);
    }

    @Test
    void web3j_staysInTheContractsHouse() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "contracts..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.web3j..")
                .check(OURS);
    }

    @Test
    void fromEventToHash_noClockAndNoChance() {
        noClasses()
                .that()
                .resideInAnyPackage(DETERMINISTIC)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .check(OURS);
    }

    /** More than lies between event and hash: nothing there has a use for it but the view. */
    @Test
    void schemasPrivacyAndStages_noFloatingPoint() throws IOException {
        DescribedPredicate<JavaClass> exact =
                resideInAnyPackage(ROOT + "schemas..", ROOT + "privacy..", ROOT + "streaming..")
                        .and(not(resideInAPackage(ROOT + "privacy.view..")));
        noClasses()
                .that(exact)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Double.class, Float.class, StrictMath.class)
                .check(OURS);
        // Locals and constants are nowhere but in the instructions.
        List<String> found = new ArrayList<>();
        for (JavaClass type : OURS.that(exact)) {
            found.addAll(FloatingPoint.in(type));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void floatingPoint_whereItIs_isFound() throws IOException {
        assertThat(FloatingPoint.in(OURS.get(NoiseMargin.class)))
                .anyMatch(place -> place.startsWith("NoiseMargin.of: "))
                .anyMatch(place -> place.startsWith("NoiseMargin.summed: "));
        assertThat(FloatingPoint.in(OURS.get(DiscreteGaussian.class))).isEmpty();
    }

    /** It may round: it is for people's eyes. */
    @Test
    void view_isForCommandsOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "privacy.view..", ROOT + "cli..", ROOT + "local..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "privacy.view..")
                .check(OURS);
    }

    @Test
    void secrets_areOpenedInNamedPackagesOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + "privacy.secret..",
                        ROOT + "privacy.oprf..",
                        ROOT + "privacy.identifier..",
                        ROOT + "partner..",
                        ROOT + "cli.chain..",
                        ROOT + "pipeline..",
                        ROOT + "streaming.release..",
                        ROOT + "streaming.publish..")
                .should()
                .callMethod("io.sealroom.privacy.secret.SecretBytes", "openSecret")
                .check(OURS);
    }

    @Test
    void standardOutput_belongsToCommands() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + "cli..", ROOT + "local..", ROOT + "partner..", ROOT + "pipeline..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(OURS);
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching(ROOT + "(*).(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void nobody_usesJunit4OrMocks() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.mockito..", "org.junit.vintage..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.junit.Test")
                .check(new ClassFileImporter().importPackages("io.sealroom"));
    }

    private static DescribedPredicate<JavaClass> outside(String... houses) {
        String[] allowed = new String[houses.length];
        for (int i = 0; i < houses.length; i++) {
            allowed[i] = ROOT + houses[i] + "..";
        }
        return not(resideInAPackage("io.sealroom..")).or(resideInAnyPackage(allowed));
    }
}
