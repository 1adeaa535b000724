package io.sealroom.privacy.dp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Draw for draw the reference implementation: see README.md beside the traces. */
class SamplerTraceTest {

    private static final int TRACES = 400;

    @Test
    void discreteLaplace_everyRecordedTrace_sameDrawsSameSample() throws IOException {
        replay("dlaplace", "scale", (scale, source) -> new DiscreteLaplace(scale).sample(source));
    }

    @Test
    void discreteGaussian_everyRecordedTrace_sameDrawsSameSample() throws IOException {
        replay("dgauss", "sigma2", (sigma2, source) -> new DiscreteGaussian(sigma2).sample(source));
    }

    private static void replay(
            String kind, String parameter, BiFunction<Rational, UniformSource, BigInteger> sampler)
            throws IOException {
        JsonNode traces;
        try (InputStream in =
                SamplerTraceTest.class.getResourceAsStream("dp_sampler_traces.json")) {
            traces = new ObjectMapper().readTree(in).get(kind);
        }
        assertThat(traces).hasSize(TRACES);
        for (JsonNode trace : traces) {
            JsonNode fraction = trace.get(parameter);
            RecordedUniformSource source = new RecordedUniformSource(trace.get("draws"));
            BigInteger sample =
                    sampler.apply(
                            Rational.of(fraction.get(0).longValue(), fraction.get(1).longValue()),
                            source);
            assertThat(sample).as("%s", trace).isEqualTo(trace.get("out").bigIntegerValue());
            assertThat(source.isExhausted()).as("%s", trace).isTrue();
        }
    }
}
