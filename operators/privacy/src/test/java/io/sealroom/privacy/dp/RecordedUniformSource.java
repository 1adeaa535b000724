package io.sealroom.privacy.dp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;

/** Replays the draws of a trace and fails at the first question the trace did not record. */
final class RecordedUniformSource implements UniformSource {

    private final JsonNode draws;
    private int next;

    RecordedUniformSource(JsonNode draws) {
        this.draws = draws;
    }

    @Override
    public BigInteger below(BigInteger bound) {
        JsonNode draw = draws.get(next++);
        assertThat(bound).isEqualTo(draw.get(0).bigIntegerValue());
        return draw.get(1).bigIntegerValue();
    }

    boolean isExhausted() {
        return next == draws.size();
    }
}
