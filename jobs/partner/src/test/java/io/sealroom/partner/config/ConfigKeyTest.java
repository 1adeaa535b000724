package io.sealroom.partner.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ConfigKeyTest {

    /** What operators have in their files: a key that goes, or a new default, shows here. */
    @Test
    void keys_allOfThem_haveTheseOptionsAndDefaults() {
        assertThat(
                        Arrays.stream(ConfigKey.values())
                                .map(
                                        key ->
                                                key.key()
                                                        + " "
                                                        + key.option()
                                                        + " "
                                                        + key.defaultText().orElse("-")))
                .containsExactly(
                        "policy --policy -",
                        "room --room -",
                        "keys --keys -",
                        "seed --seed -",
                        "chain --chain -",
                        "kafka.bootstrap --kafka -",
                        "kafka.settings --kafka-settings -",
                        "partner --partner -",
                        "state --state -",
                        "input.kind --input-format -",
                        "input.file --input -",
                        "input.rejects --rejects -",
                        "input.topic.bootstrap --input-kafka -",
                        "input.topic.name --input-topic -",
                        "input.topic.group --input-group -",
                        "input.topic.settings --input-kafka-settings -",
                        "stay --stay false",
                        "stopOnStdinClose --stop-on-stdin-close false",
                        "tokens.cadence --token-cadence -",
                        "tokens.batch --token-batch 64",
                        "tokens.cacheEntries --token-cache-entries 1000000",
                        "tokens.cacheOnDisk --token-cache-on-disk true",
                        "metrics.port --metrics-port -",
                        "producer.buffer --producer-buffer 10000");
    }
}
