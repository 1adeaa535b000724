package io.sealroom.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealroom.partner.ceremony.RoomConfigurations;
import io.sealroom.privacy.secret.KeyGeneration;
import io.sealroom.schemas.policy.Node;
import io.sealroom.schemas.policy.Policy;
import io.sealroom.schemas.policy.PolicyFile;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoPolicyTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 2"})
    void render_nodes_areThoseOfTheKeysAndMostAreTheQuorum(
            int count, int quorum, @TempDir Path directory) throws Exception {
        KeyGeneration.generate(directory, DemoPolicy.PARTNERS, DemoPolicy.nodes(count));
        Policy policy = PolicyFile.parse(DemoPolicy.render(directory, LocalStack.LEDGER));
        assertThat(policy.nodes())
                .extracting(Node::name)
                .containsExactlyElementsOf(DemoPolicy.nodes(count));
        assertThat(policy.quorum()).isEqualTo(quorum);
        assertThat(RoomConfigurations.of(policy).queries())
                .hasSize(4)
                .allMatch(query -> query.charge() > 0 && query.datasets() == 0b11);
    }
}
