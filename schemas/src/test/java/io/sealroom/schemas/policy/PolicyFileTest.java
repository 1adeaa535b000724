package io.sealroom.schemas.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealroom.schemas.Vectors;
import io.sealroom.schemas.release.Metric;
import io.sealroom.schemas.release.RowKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFileTest {

    private static final String NODES = "nodes:\n";
    private static final String THIRD = "0x90f8bf6a479f320ead074411a4b0e7944ea8c9c1";
    private static final String NOTARY = third("notary", 0);
    private static final String SHOP = third("shop", 1);

    private static String third(String name, int partitions) {
        return "  - {name: %s, address: \"%s\", partitions: %d}\n"
                .formatted(name, THIRD, partitions);
    }

    private static String example() {
        try (InputStream in =
                PolicyFileTest.class.getResourceAsStream(
                        "/io/sealroom/schemas/example-policy.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void parse_example_canonicalJsonAndHashEqualGolden() throws PolicyException {
        JsonNode vector = Vectors.read("policy.json");
        Policy policy = PolicyFile.parse(example());
        assertThat(policy.canonicalJson()).isEqualTo(vector.required("canonical").textValue());
        assertThat(policy.hash()).isEqualTo(Vectors.bytes32(vector.required("hash")));
        assertThat(Policy.fromCanonicalJson(policy.canonicalJson())).isEqualTo(policy);
    }

    @Test
    void datasetId_example_isTheGoldenOneOfEveryPartner() throws PolicyException {
        JsonNode ids = Vectors.read("policy.json").required("datasets");
        for (Partner partner : PolicyFile.parse(example()).partners()) {
            assertThat(partner.datasetId())
                    .isEqualTo(Vectors.bytes32(ids.required(partner.name())));
        }
    }

    @Test
    void parse_partnerWithoutApproverOrDataset_hasTheDefaults() throws PolicyException {
        Policy policy =
                PolicyFile.parse(
                        example()
                                .replace(", dataset: ad-exposures", "")
                                .replace(NODES, NOTARY + NODES));
        Partner publisher = policy.partner("publisher");
        assertThat(publisher.approver()).isEqualTo(publisher.address());
        assertThat(publisher.dataset()).isEqualTo("publisher");
        assertThat(policy.partner("notary").dataset()).isNull();
        assertThatThrownBy(policy.partner("notary")::datasetId)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("notary supplies no events, so it has no data set");
        assertThat(Policy.fromCanonicalJson(policy.canonicalJson())).isEqualTo(policy);
    }

    @Test
    void partnersReadBy_queries_areThoseWhoseEventsCount() throws PolicyException {
        String attribution =
                example()
                        .replace(NODES, SHOP + NODES)
                        .replace("exposures: [publisher]", "exposures: [advertiser, shop]")
                        .replace("conversions: advertiser", "conversions: publisher");
        Policy policy = PolicyFile.parse(attribution);
        assertThat(policy.partnersReadBy(policy.query("email-overlap")))
                .containsExactly("publisher", "advertiser");
        assertThat(policy.partnersReadBy(policy.query("email-last-touch")))
                .containsExactly("publisher", "advertiser", "shop");
        Policy ownConversions =
                PolicyFile.parse(
                        example().replace("conversions: advertiser", "conversions: publisher"));
        assertThat(ownConversions.partnersReadBy(ownConversions.query("email-last-touch")))
                .containsExactly("publisher");
    }

    /** All keys of a partner are revealed in one transaction. */
    @Test
    void parse_moreEpochsThanKeysFitIntoAReveal_isNamed() throws PolicyException {
        String daily = example().replace("epoch: P28D", "epoch: P1D");
        String most = daily.replace("end: 2026-01-05T03", "end: 2026-09-18T00");
        assertThat(PolicyFile.parse(most).lastEpoch() - PolicyFile.parse(most).firstEpoch())
                .isEqualTo(255);
        assertThatThrownBy(
                        () ->
                                PolicyFile.parse(
                                        daily.replace("end: 2026-01-05T03", "end: 2026-09-18T01")))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("epoch: a room must have at most 256 epochs, got 257");
    }

    @Test
    void hash_defaultsWrittenOut_isTheSame() throws PolicyException {
        String written =
                example()
                        .replace("quota: 200000", "quota: 200000\nlookbackEpochs: 0\nsemantics: 1");
        String approver =
                example()
                        .replace(
                                "dataset: ad-exposures",
                                "dataset: ad-exposures,"
                                        + " approver: \"0x1563915E194D8CfBA1943570603F7606A3115508\"");
        String dataset = example().replace("partitions: 1}", "partitions: 1, dataset: advertiser}");
        String spelled = example().replace("epsilon: {count: \"1\"", "epsilon: {count: \"1.00\"");
        assertThat(PolicyFile.parse(written).hash()).isEqualTo(PolicyFile.parse(example()).hash());
        assertThat(PolicyFile.parse(approver).hash()).isEqualTo(PolicyFile.parse(example()).hash());
        assertThat(PolicyFile.parse(dataset).hash()).isEqualTo(PolicyFile.parse(example()).hash());
        assertThat(PolicyFile.parse(spelled).hash()).isEqualTo(PolicyFile.parse(example()).hash());
    }

    @Test
    void hash_anythingChanged_differs() throws PolicyException {
        String changed = example().replace("threshold: 50", "threshold: 49");
        assertThat(PolicyFile.parse(changed).hash())
                .isNotEqualTo(PolicyFile.parse(example()).hash());
    }

    @Test
    void rows_example_areInProtocolOrder() throws PolicyException {
        Policy policy = PolicyFile.parse(example());
        assertThat(policy.queries().get(0).rows(policy))
                .extracting(RowKey::label)
                .containsExactly("", "publisher", "advertiser", "news", "sports", "weather");
        assertThat(policy.queries().get(1).rows(policy))
                .extracting(RowKey::label)
                .containsExactly(
                        "news",
                        "news",
                        "sports",
                        "sports",
                        "weather",
                        "weather",
                        "/unattributed",
                        "/unattributed");
        assertThat(policy.queries().get(1).rows(policy))
                .extracting(RowKey::index)
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slice: PT10M | slice: PT7M | slice (420000 ms) must divide the shortest window",
                "epoch: P28D | epoch: PT90M | must divide epoch",
                "start: 2026-01-05T00:00:00Z | start: 2026-01-05T00:10:00Z | must divide start",
                "end: 2026-01-05T03:00:00Z | end: 2026-01-05T03:10:00Z | must divide end",
                "end: 2026-01-05T03:00:00Z | end: 2026-01-05T00:00:00Z | start: must be before end",
                "start: 2026-01-05T00:00:00Z | start: yesterday | could not be parsed",
                "quota: 200000 | quota: 0 | quota",
                "quota: 200000 | quorum: 2 | quota",
                "region: US | 'region: US\nquorum: 2' | quorum: must be more than half of 1 nodes",
                "region: US | 'region: US\nlookbackEpochs: 2' | lookbackEpochs",
                "name: advertiser, | name: publisher, | partners: publisher stands twice",
                "name: node-one | name: events | the name is that of a shared topic",
                "0x5cbdd86a2fa8dc4bddd8a8f69dba48572eec07fb | 0x1563915E194D8CfBA1943570603F7606A3115508 | stands twice",
                "0x2c7536e3605d9c16a7a3d7b1898e529396a65c23 | 0x1563915E194D8CfBA1943570603F7606A3115508 | stands twice",
                "0x2c7536e3605d9c16a7a3d7b1898e529396a65c23 | 0x7564105e977516c53be337314c7e53838967bdac | stands twice",
                "0x2c7536e3605d9c16a7a3d7b1898e529396a65c23 | 0x0000000000000000000000000000000000000000 | no key signs",
                "dataset: ad-exposures | 'approver: \"0x2c7536e3605d9c16a7a3d7b1898e529396a65c23\"' | stands twice",
                "0xe7f1725e7734ce288f8367e1bb143e90bb3f0512 | 0x0000000000000000000000000000000000000000 | ledger: no contract is at",
                "ledger: | '#' | ledger",
                "0xe7f1725e7734ce288f8367e1bb143e90bb3f0512 | 0xe7f1725e7734ce288f8367e1bb143e90bb3f05 | does not match",
                "0x2c7536e3605d9c16a7a3d7b1898e529396a65c23 | 0x2c7536e3605d9c16a7a3d7b1898e529396a65c | does not match",
                "dataset: ad-exposures | dataset: Ad-exposures | does not match",
                "dataset: ad-exposures | dataset: null | dataset",
                "'partitions: 1}' | 'partitions: 0, dataset: orders}' | partner advertiser: supplies no events, so it has no dataset",
                "0x7564105e977516c53be337314c7e53838967bdac | 0x1563915e194d8cfba1943570603f7606a3115508 | stands twice",
                "'partitions: 1}' | 'partitions: 0}' | at least two must supply events",
                "'partners: [publisher, advertiser]' | 'partners: [advertiser, publisher]' | must stand in policy order",
                "'partners: [publisher, advertiser]' | 'partners: [publisher, somebody]' | somebody supplies no events",
                "exposing: publisher | exposing: somebody | exposing must be one of its partners",
                "exposing: publisher | '' | exposing and the loss of cells go together",
                "cellsPerWindow: 2 | cellsPerWindow: 4 | cellsPerWindow must be at most the number of cells",
                "'cells: [news, sports, weather]' | 'cells: [news, sports, news]' | cells: news stands twice",
                "name: email-last-touch | name: email-overlap | queries: email-overlap stands twice",
                "viewLookback: P1D | viewLookback: P29D | a look-back is longer than the epoch",
                "viewLookback: P1D | 'viewLookback: P1D\n    viewMinAge: P2D' | a minimum age is longer",
                "viewLookback: P1D | 'viewLookback: P1D\n    clickMinAge: P2D' | a minimum age is longer",
                "clickLookback: P1D | clickLookback: P29D | a look-back is longer than the epoch",
                "conversions: advertiser | conversions: somebody | somebody supplies no events",
                "'exposures: [publisher]' | 'exposures: [somebody]' | somebody supplies no events",
                "'cells: [news, sp' | 'auditors: [{name: node-one, hpkePublicKey: \"0x8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a\"}]\ncells: [news, sp' | nodes and auditors: node-one stands twice",
                "'count: \"1\"' | 'count: \"0.0\"' | epsilon.count must be positive",
                "'count: \"1\"' | 'count: 1' | count",
                "'{count: \"1\", ' | '{' | query email-last-touch: epsilon.count or rho.count must be there",
                "'epsilon: {count' | 'rho: {count: \"1\"}\n    epsilon: {count' | count has an epsilon and a rho",
                "'epsilon: {count: \"1\"' | 'rho: {count: \"0\"}\n    epsilon: {converters: \"1\"' | rho.count must be positive",
                "'epsilon: {count' | 'halfLife: P1D\n    epsilon: {count' | halfLife is for TIME_DECAY",
                "'{count: \"1\"' | '{count: \"1\", total: \"1\"' | total",
                "'{total: \"2\"' | '{total: \"2\", converters: \"1\"' | converters",
                "'count: \"1\"' | 'count: \"0.1234567\"' | does not match",
                "slice: PT10M | slice: PT0S | does not match",
                "room: spring-campaign | room: Spring | does not match",
                "room: spring-campaign | 'room: spring-campaign\ncolour: red' | colour",
                "room: spring-campaign | 'room: spring-campaign\nroom: other-room' | not YAML",
                "model: LAST_TOUCH | model: BEST_TOUCH | LAST_TOUCH",
                "room: spring-campaign | 'room: \"spring-campaign\\n\"' | does not match",
                "'cells: [news, sports, weather]' | 'cells: [news, \"news\\n\"]' | does not match",
                "region: US | 'region: \"US\\n\"' | does not match",
                "maxAhead: PT1H | maxAhead: PT9M | maxAhead: must be at least slice (600000 ms)",
                "maxAhead: PT1H | maxAhead: PT9007199254740.992S | below 2^53",
                "end: 2026-01-05T03:00:00Z | end: +287396-10-13T00:00:00Z | below 2^53",
                "start: 2026-01-05T00:00:00Z | start: 1969-12-31T00:00:00Z | from 1970 on",
                "start: 2026-01-05T00:00:00Z | start: 2026-01-05T00:00:00.0000001Z | whole number of milli",
                "0x7564105e977516c53be337314c7e53838967bdac | 0x0000000000000000000000000000000000000000 | no key signs",
                "0x8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a | 0x0000000000000000000000000000000000000000000000000000000000000000 | node-one: hpkePublicKey is of small order",
            })
    void parse_violation_isNamed(String from, String to, String expected) {
        String text = example();
        assertThat(text).contains(from);
        String changed =
                text.replaceFirst(
                        Pattern.quote(from), Matcher.quoteReplacement(to == null ? "" : to));
        assertThatThrownBy(() -> PolicyFile.parse(changed))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining(expected);
    }

    /** A room that is running keeps its hash: see the golden one of the example. */
    @Test
    void parse_everythingAVersionOnePolicyCannotHave_readBackEqual() throws PolicyException {
        Policy policy =
                PolicyFile.parse(
                        example()
                                .replace(
                                        "epsilon: {total: \"2\", reach: \"2\", cells: \"2\"}",
                                        "epsilon: {reach: \"2.50\"}\n    rho: {total: \"0.125\","
                                                + " cells: \"3\", caps: \"0.01\"}")
                                .replace("model: LAST_TOUCH", "model: TIME_DECAY")
                                .replace(
                                        "epsilon: {count: \"1\", value: \"1\"}",
                                        "epsilon: {count: \"1\", converters: \"0.5\", caps:"
                                                + " \"0.1\"}"));
        OverlapQuery overlap = (OverlapQuery) policy.queries().get(0);
        assertThat(overlap.total()).isEqualTo(Loss.rho("0.125"));
        assertThat(overlap.reach()).isEqualTo(Loss.epsilon("2.5"));
        assertThat(overlap.cells()).isEqualTo(Loss.rho("3"));
        assertThat(overlap.caps()).isEqualTo(Loss.rho("0.01"));
        AttributionQuery attribution = (AttributionQuery) policy.queries().get(1);
        assertThat(attribution.touchesMax()).isEqualTo(10);
        assertThat(attribution.halfLifeMillis()).isEqualTo(Duration.ofDays(7).toMillis());
        assertThat(attribution.value()).isNull();
        assertThat(attribution.converters()).isEqualTo(Loss.epsilon("0.5"));
        assertThat(attribution.caps()).isEqualTo(Loss.epsilon("0.1"));
        assertThat(policy.canonicalJson())
                .contains("\"epsilon\":{\"cells\":null,\"reach\":\"2.5\",\"total\":null}")
                .contains("\"rho\":{\"caps\":\"0.01\",\"cells\":\"3\",\"total\":\"0.125\"}")
                .contains("\"halfLife\":604800000");
        assertThat(Policy.fromCanonicalJson(policy.canonicalJson())).isEqualTo(policy);
    }

    /** The room ends within its epoch: its last window has the row as well. */
    @Test
    void rows_caps_standOnceAnEpochInItsLastWindow() throws PolicyException {
        Policy policy =
                PolicyFile.parse(
                        example()
                                .replace("{count: \"1\",", "{count: \"1\", caps: \"1\",")
                                .replace("epoch: P28D", "epoch: PT2H")
                                .replace("Lookback: P1D", "Lookback: PT2H"));
        Query query = policy.query("email-last-touch");
        long hour = Duration.ofHours(1).toMillis();
        for (int window = 0; window < 3; window++) {
            assertThat(query.rows(policy, policy.startMillis() + window * hour))
                    .as("window %d", window)
                    .hasSize(window == 0 ? 8 : 9);
        }
        assertThat(query.rows(policy, policy.startMillis() + hour).get(8))
                .isEqualTo(RowKey.caps(8));
        assertThat(policy.query("email-overlap").rows(policy, policy.startMillis() + hour))
                .hasSize(6);
    }

    @Test
    void epochEnd_anyTime_endOfItsEpochOrOfTheRoomInIt() throws PolicyException {
        Policy policy =
                PolicyFile.parse(
                        example()
                                .replace("epoch: P28D", "epoch: PT2H")
                                .replace("Lookback: P1D", "Lookback: PT2H"));
        long start = policy.startMillis();
        long epoch = start + Duration.ofHours(2).toMillis();
        assertThat(policy.epochEnd(start)).isEqualTo(epoch);
        assertThat(policy.epochEnd(epoch - 1)).isEqualTo(epoch);
        assertThat(policy.epochEnd(epoch)).isEqualTo(policy.endMillis());
        assertThat(policy.epochEnd(policy.endMillis() - 1)).isEqualTo(policy.endMillis());
    }

    @Test
    void rows_everyMetric_cellByCell() throws PolicyException {
        Policy policy =
                PolicyFile.parse(
                        example().replace("{count: \"1\",", "{count: \"1\", converters: \"1\","));
        assertThat(policy.query("email-last-touch").rows(policy).subList(3, 6))
                .extracting(RowKey::metric)
                .containsExactly(Metric.COUNT, Metric.VALUE, Metric.CONVERTERS);
    }

    @Test
    void parse_secondDocument_isRefused() {
        assertThatThrownBy(() -> PolicyFile.parse(example() + "---\nroom: other-room\n"))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("not YAML");
    }

    /** 2 h and 3 h: the longest fits the room, the other one would lie across its start. */
    @Test
    void parse_windowAcrossTheRoomsStart_isNamed() {
        String text =
                example()
                        .replace("start: 2026-01-05T00:00", "start: 2026-01-05T03:00")
                        .replace("end: 2026-01-05T03:00", "end: 2026-01-05T09:00");
        String windows = text + overlap("two", "PT2H") + overlap("three", "PT3H");
        assertThatThrownBy(() -> PolicyFile.parse(windows))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("a window (7200000 ms) must divide start")
                .hasMessageContaining("a window (7200000 ms) must divide end");
    }

    @Test
    void parse_windowsOfTwoAndThreeHours_isNamed() {
        String text = example().replace("window: PT1H", "window: PT2H");
        assertThatThrownBy(() -> PolicyFile.parse(text + overlap("three", "PT3H")))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining(
                        "the shortest window (7200000 ms) must divide every window (10800000 ms)");
    }

    /** With half of the nodes two halves could release two results. */
    @Test
    void parse_quorumOfHalfTheNodes_isNamed() {
        String second =
                """
                  - name: node-two
                    address: "0x7564105e977516c53be337314c7e53838967bdad"
                    hpkePublicKey: "0x8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
                quorum: 1
                cells:""";
        assertThatThrownBy(() -> PolicyFile.parse(example().replace("cells: [", second + " [")))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("quorum: must be more than half of 2 nodes");
    }

    @Test
    void parse_moreWindowLengthsThanASealHolds_isNamed() {
        StringBuilder text =
                new StringBuilder(
                        example()
                                .replace("2026-01-05T00:00:00Z", "2025-12-18T00:00:00Z")
                                .replace("2026-01-05T03:00:00Z", "2026-01-15T00:00:00Z"));
        long minutesOfEpoch = Duration.ofDays(28).toMinutes();
        for (long minutes = 20; minutes <= minutesOfEpoch; minutes += 10) {
            if (minutesOfEpoch % minutes == 0) {
                text.append(overlap("every-" + minutes, "PT" + minutes + "M"));
            }
        }
        String policy = text.toString().replace("slice: PT10M", "slice: PT1M");
        assertThatThrownBy(() -> PolicyFile.parse(policy + overlap("ten", "PT10M")))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("at most 16 lengths of windows fit into a seal");
    }

    private static String overlap(String name, String window) {
        return """
                  - name: %s
                    type: overlap
                    identifierKind: EMAIL
                    window: %s
                    partners: [publisher, advertiser]
                    windowsPerEpoch: 1
                    threshold: 10
                    epsilon: {total: "1"}
                """
                .formatted(name, window);
    }

    /** What travels inside a job is judged by the same rules as the file. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"threshold\":50' | '\"threshold\":-1'",
                "'\"semantics\":1' | '\"semantics\":2'",
                "'\"count\":\"1\"' | '\"count\":\"0\"'",
                "'\"count\":\"1\"' | '\"count\":\"-1\"'",
                "'\"windowsPerEpoch\":24' | '\"windowsPerEpoch\":0'",
                "'\"conversionsPerEpoch\":2' | '\"conversionsPerEpoch\":0'",
                "'\"partitions\":2' | '\"partitions\":99'",
                "'\"dataset\":\"advertiser\"' | '\"dataset\":null'",
                "'\"ledger\":\"0xe7f1' | '\"ledger\":\"0xE7F1'",
                "'\"approver\":\"0x2c75' | '\"approver\":\"0x2C75'",
                "'\"room\":\"spring-campaign\"' | '\"room\":\"Spring\"'",
                "'\"slice\":600000' | '\"slice\":0'",
                "'\"window\":3600000' | '\"window\":0'",
                "'\"grace\":10000' | '\"grace\":-1'",
            })
    void fromCanonicalJson_notAValidPolicy_isRefused(String from, String to)
            throws PolicyException {
        String json = PolicyFile.parse(example()).canonicalJson();
        assertThat(json).contains(from);
        assertThatThrownBy(() -> Policy.fromCanonicalJson(json.replace(from, to)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fromCanonicalJson_everyOption_givesThePolicyBack() throws PolicyException {
        String text =
                example()
                        .replace(
                                "cells: [news",
                                "auditors:\n  - {name: auditor, hpkePublicKey: \"0x8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a\"}\ncells: [news")
                        .replace(
                                "epsilon: {count: \"1\", value: \"1\"}",
                                "epsilon: {count: \"0.25\"}")
                        .replace("mode: file", "mode: live\ngrace: PT0.001S");
        Policy policy = PolicyFile.parse(text + overlap("no-cells", "PT1H"));
        assertThat(Policy.fromCanonicalJson(policy.canonicalJson())).isEqualTo(policy);
    }

    @Test
    void fromCanonicalJson_otherText_isRefused() {
        assertThatThrownBy(() -> Policy.fromCanonicalJson("{}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                Policy.fromCanonicalJson(
                                        " " + PolicyFile.parse(example()).canonicalJson()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"chainId\":\"1\",\"contract\":CONTRACT,\"deploymentBlock\":3,\"oprfKeys\":{}}",
                "{\"chainId\":1.5,\"contract\":CONTRACT,\"deploymentBlock\":3,\"oprfKeys\":{}}",
                "{\"chainId\":-1,\"contract\":CONTRACT,\"deploymentBlock\":3,\"oprfKeys\":{}}",
                "{\"chainId\":1,\"contract\":CONTRACT,\"deploymentBlock\":\"x\",\"oprfKeys\":{}}",
                "{\"chainId\":1,\"chainId\":2,\"contract\":CONTRACT,\"deploymentBlock\":3,\"oprfKeys\":{}}",
                "{\"chainId\":1,\"contract\":CONTRACT,\"deploymentBlock\":3,\"oprfKeys\":{}} 1",
                "{\"chainId\":1,\"contract\":CONTRACT,\"deploymentBlock\":3,"
                        + "\"oprfKeys\":{\"publisher\":{\"7\":\"0x02\",\"07\":\"0x03\"}}}",
            })
    void roomFile_notOne_isRefusedNotGuessed(String json) {
        String contract = "\"0x5fbdb2315678afecb367f032d93f642f64180aa3\"";
        assertThatThrownBy(() -> RoomFile.parse(json.replace("CONTRACT", contract)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void roomFile_roundTrip_keepsEverything() throws IOException, PolicyException {
        String json =
                "{\"chainId\":31337,\"contract\":\"0x5fbdb2315678afecb367f032d93f642f64180aa3\","
                        + "\"deploymentBlock\":3,\"oprfKeys\":{\"publisher\":{\"731\":\"0x02ab\"}}}";
        RoomFile file = RoomFile.parse(json);
        assertThat(RoomFile.parse(file.toJson())).isEqualTo(file);
        assertThat(file.identity(PolicyFile.parse(example())).room()).isEqualTo("spring-campaign");
        assertThatThrownBy(() -> RoomFile.parse("{}")).isInstanceOf(IOException.class);
    }
}
