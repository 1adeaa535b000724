package io.sealroom.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {

    @Test
    void text_markupAndQuotes_isEscaped() {
        assertThat(new Html().leaf("p", "<script>alert('1')</script> & \"x\"").document())
                .isEqualTo(
                        "<!DOCTYPE html>\n<p>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp;"
                                + " &quot;x&quot;</p>\n");
    }

    @Test
    void attribute_thatEndsItself_isEscaped() {
        assertThat(new Html().empty("a", "title", "\" onclick=\"x").document())
                .contains("<a title=\"&quot; onclick=&quot;x\"/>");
    }

    /** Controls, halves of pairs, line separators, and what turns the direction of a line. */
    @Test
    void text_charactersThatAreNotShown_areReplaced() {
        assertThat(new Html().text("a\u0000\u001b\u202e\u2028\ud800\ufffe\u200b").document())
                .contains("a" + "\ufffd".repeat(7) + "\n");
    }

    @Test
    void text_otherScripts_stays() {
        String text = "na\u00efve \u65e5\u672c \ud83d\ude00";
        assertThat(new Html().text(text).document()).contains(text);
    }
}
