package io.sealroom.privacy.noise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.hash.RoomIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The inputs of the golden file. */
record NoiseFixture(JsonNode golden, NoiseContext context, List<NoiseShare> shares) {

    static NoiseFixture load() {
        JsonNode golden;
        try (InputStream in = NoiseFixture.class.getResourceAsStream("noise-golden.json")) {
            golden = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<NoiseShare> shares = new ArrayList<>();
        List<List<ChainHead>> heads = new ArrayList<>();
        for (JsonNode partner : golden.get("partners")) {
            shares.add(
                    new NoiseShare(
                            new Address(partner.get("address").textValue()),
                            Bytes32.fromHex(partner.get("share").textValue()).toBytes()));
            List<ChainHead> partitions = new ArrayList<>();
            for (JsonNode head : partner.get("heads")) {
                partitions.add(
                        new ChainHead(
                                head.get("count").longValue(),
                                Bytes32.fromHex(head.get("head").textValue())));
            }
            heads.add(partitions);
        }
        JsonNode c = golden.get("context");
        NoiseContext context =
                new NoiseContext(
                        c.get("semantics").intValue(),
                        new RoomIdentity(
                                c.get("chainId").longValue(),
                                new Address(c.get("contract").textValue()),
                                c.get("room").textValue(),
                                Bytes32.fromHex(c.get("policyHash").textValue())),
                        Bytes32.fromHex(c.get("query").textValue()),
                        c.get("start").longValue(),
                        c.get("end").longValue(),
                        heads);
        return new NoiseFixture(golden, context, shares);
    }
}
