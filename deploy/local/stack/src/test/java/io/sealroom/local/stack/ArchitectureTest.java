package io.sealroom.local.stack;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
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
                    "source", "match", "attribute", "combine", "totals", "release", "publish"
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

    /** The margin is for people's eyes: it is the one class that may round. */
    @Test
    void fromEventToHash_noFloatingPoint() {
        DescribedPredicate<JavaMember> deterministic =
                DescribedPredicate.describe(
                        "lie between event and hash",
                        member ->
                                resideInAnyPackage(DETERMINISTIC).test(member.getOwner())
                                        && !member.getOwner()
                                                .getSimpleName()
                                                .equals("DiscreteLaplaceMargin"));
        DescribedPredicate<JavaClass> floating =
                DescribedPredicate.describe(
                        "floating point",
                        type ->
                                type.isEquivalentTo(double.class)
                                        || type.isEquivalentTo(float.class)
                                        || type.isEquivalentTo(Double.class)
                                        || type.isEquivalentTo(Float.class));
        noFields().that(deterministic).should().haveRawType(floating).check(OURS);
        noMethods().that(deterministic).should().haveRawReturnType(floating).check(OURS);
        noClasses()
                .that(
                        resideInAnyPackage(DETERMINISTIC)
                                .and(
                                        DescribedPredicate.describe(
                                                "not the margin",
                                                type ->
                                                        !type.getSimpleName()
                                                                .equals("DiscreteLaplaceMargin"))))
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Double.class, Float.class, StrictMath.class)
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
