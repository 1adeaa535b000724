package io.sealroom.pipeline;

import io.sealroom.pipeline.testing.SealedInputs;
import io.sealroom.schemas.hash.ChainHead;
import io.sealroom.schemas.record.Codecs;
import io.sealroom.schemas.record.Seal;
import io.sealroom.streaming.testing.TestingPartner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What scripted partners sealed. */
final class ScriptedInputs implements SealedInputs {

    private final Function<String, TestingPartner> partners;

    ScriptedInputs(RandomHistory history) {
        this(history::partner);
    }

    /**
     * @param partners by name
     */
    ScriptedInputs(Function<String, TestingPartner> partners) {
        this.partners = partners;
    }

    @Override
    public List<ChainHead> closing(String name, long end) {
        TestingPartner partner = partners.apply(name);
        List<ChainHead> closing = new ArrayList<>();
        for (int partition = 0; partition < partner.partitions(); partition++) {
            for (byte[] record : partner.records(partition)) {
                Codecs.SEAL
                        .decode(record)
                        .toOptional()
                        .filter(seal -> seal.to() == end)
                        .map(ScriptedInputs::head)
                        .ifPresent(closing::add);
            }
        }
        return closing;
    }

    private static ChainHead head(Seal seal) {
        return new ChainHead(seal.count(), seal.head());
    }

    @Override
    public byte[] share(String name, long start, long end) {
        return partners.apply(name).windowParts().share(start, end);
    }
}
