package io.sealroom.local.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvLineTest {

    @Test
    void of_plainAndEmptyFields_areNotQuoted() {
        assertThat(CsvLine.of("a", "", " b ")).isEqualTo("a,, b ");
    }

    @Test
    void of_fieldsWithCommaQuoteOrLineBreak_areQuotedWithQuotesDoubled() {
        assertThat(CsvLine.of("a,b", "say \"so\"", "x\ny", "z"))
                .isEqualTo("\"a,b\",\"say \"\"so\"\"\",\"x\ny\",z");
    }
}
