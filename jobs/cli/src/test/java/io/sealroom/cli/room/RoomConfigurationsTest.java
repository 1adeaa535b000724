package io.sealroom.cli.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.cli.verify.SampleRoom;
import io.sealroom.contracts.Account;
import io.sealroom.contracts.RoomConfiguration;
import io.sealroom.contracts.RoomDigests;
import io.sealroom.contracts.Word;
import io.sealroom.partner.ceremony.ChargeTooHighException;
import io.sealroom.partner.ceremony.ConfigurationDifferences;
import io.sealroom.partner.ceremony.RoomConfigurations;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyException;
import io.sealroom.schemas.policy.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomConfigurationsTest {

    private static final Account APPROVER = new Account("0x" + "ab".repeat(20));

    private final Path directory;

    RoomConfigurationsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Policy policy(String... fromTo) throws IOException, PolicyException {
        String yaml = Files.readString(SampleRoom.policyFile());
        for (int i = 0; i < fromTo.length; i += 2) {
            assertThat(yaml).contains(fromTo[i]);
            yaml = yaml.replace(fromTo[i], fromTo[i + 1]);
        }
        return PolicyFile.read(Files.writeString(directory.resolve("policy.yaml"), yaml));
    }

    /** Three partners, of which the second supplies nothing, and one approves with another key. */
    private Policy threePartners() throws IOException, PolicyException {
        return policy(
                "  - {name: advertiser, address:",
                "  - {name: evaluator, address: \"0x"
                        + "cd".repeat(20)
                        + "\", partitions: 0}\n"
                        + "  - {name: advertiser, dataset: sales.v2, approver: \""
                        + APPROVER
                        + "\", address:");
    }

    @Test
    void of_policy_hasEveryField() throws Exception {
        Policy policy = threePartners();
        RoomConfiguration c = RoomConfigurations.of(policy);
        assertThat(c.room()).isEqualTo(RoomDigests.id("spring-campaign"));
        assertThat(c.policyHash().toString()).isEqualTo(policy.hash().toHex());
        assertThat(c.start()).isEqualTo(Instant.parse("2026-01-05T00:00:00Z").toEpochMilli());
        assertThat(c.end()).isEqualTo(Instant.parse("2026-01-05T03:00:00Z").toEpochMilli());
        assertThat(c.epochMillis()).isEqualTo(28L * 24 * 3_600_000);
        assertThat(c.quota()).isEqualTo(200_000);
        assertThat(c.semantics()).isEqualTo(1);
        assertThat(c.finalityDepth()).isEqualTo(policy.finalityDepth());
        assertThat(c.quorum()).isEqualTo(1);
        assertThat(c.ledger()).isEqualTo(SampleRoom.LEDGER);
        assertThat(c.nodes()).containsExactly(SampleRoom.NODE.account());
    }

    @Test
    void of_partners_haveApproverSignerAndDataset() throws Exception {
        RoomConfiguration c = RoomConfigurations.of(threePartners());
        Account publisher = SampleRoom.PARTNERS.get(0).account();
        assertThat(c.partners())
                .containsExactly(
                        new RoomConfiguration.Partner(
                                RoomDigests.id("publisher"),
                                publisher,
                                publisher,
                                RoomDigests.dataset(publisher, RoomDigests.id("publisher"))),
                        new RoomConfiguration.Partner(
                                RoomDigests.id("evaluator"),
                                new Account("0x" + "cd".repeat(20)),
                                new Account("0x" + "cd".repeat(20)),
                                Word.ZERO),
                        new RoomConfiguration.Partner(
                                RoomDigests.id("advertiser"),
                                APPROVER,
                                SampleRoom.PARTNERS.get(1).account(),
                                RoomDigests.dataset(APPROVER, RoomDigests.id("sales.v2"))));
    }

    /** Epsilon 2: 2,000,000 a family, of which the overlap has four; epsilon 1: 500,000. */
    @Test
    void of_queries_haveChargeAndWhoPays() throws Exception {
        assertThat(RoomConfigurations.of(threePartners()).queries())
                .containsExactly(
                        new RoomConfiguration.Query(
                                RoomDigests.id("email-overlap"), 3_600_000, 8_000_000, 0b101),
                        new RoomConfiguration.Query(
                                RoomDigests.id("email-last-touch"), 3_600_000, 1_000_000, 0b101));
    }

    @Test
    void of_chargeAboveUint32_isRefused() throws Exception {
        Policy policy =
                policy(
                        "epsilon: {count: \"1\", value: \"1\"}",
                        "epsilon: {count: \"100\", value: \"1\"}");
        assertThatThrownBy(() -> RoomConfigurations.of(policy))
                .isInstanceOf(ChargeTooHighException.class)
                .hasMessageContaining("query email-last-touch: an epoch costs 5000500000 micro-rho")
                .hasMessageContaining("at most 4294967295");
    }

    @Test
    void of_seventeenPartners_isNoPolicy() throws Exception {
        StringBuilder more = new StringBuilder();
        for (int i = 0; i < 15; i++) {
            more.append(
                    String.format(
                            "  - {name: evaluator-%d, address: \"0x%040x\", partitions: 0}\n",
                            i, 4096 + i));
        }
        assertThatThrownBy(() -> policy("nodes:\n", more + "nodes:\n"))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("partners: must have at most 16 items but found 17");
    }

    @Test
    void differences_everyField_isNamed() throws Exception {
        RoomConfiguration mine = RoomConfigurations.of(policy());
        assertThat(ConfigurationDifferences.of(mine, mine)).isEmpty();
        RoomConfiguration other =
                new RoomConfiguration(
                        Word.ZERO,
                        Word.ZERO,
                        1,
                        2,
                        3,
                        4,
                        5,
                        6,
                        7,
                        APPROVER,
                        List.of(
                                new RoomConfiguration.Partner(
                                        Word.ZERO, APPROVER, APPROVER, Word.ZERO)),
                        List.of(APPROVER, APPROVER),
                        List.of(
                                new RoomConfiguration.Query(Word.ZERO, 1, 2, 0),
                                mine.queries().get(1)));
        assertThat(ConfigurationDifferences.of(mine, other))
                .extracting(text -> text.substring(0, text.indexOf(':')))
                .containsExactly(
                        "room",
                        "policyHash",
                        "start",
                        "end",
                        "epochMillis",
                        "quota",
                        "semantics",
                        "finalityDepth",
                        "quorum",
                        "ledger",
                        "number of partners",
                        "partners[0].id",
                        "partners[0].approver",
                        "partners[0].signer",
                        "partners[0].dataset",
                        "number of nodes",
                        "nodes[0]",
                        "queries[0].id",
                        "queries[0].windowMillis",
                        "queries[0].charge",
                        "queries[0].datasets");
    }
}
