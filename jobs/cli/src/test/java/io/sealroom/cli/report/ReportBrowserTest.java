package io.sealroom.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealroom.cli.ExitCodes;
import io.sealroom.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser shows it. One test, since a browser takes seconds to start. */
class ReportBrowserTest {

    private static final int WIDE = 1_280;
    private static final int NARROW = 400;

    private final Path directory;

    ReportBrowserTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Path page() throws IOException {
        Path policy = SampleReports.policy(directory, 7);
        Path releases =
                Files.write(directory.resolve("releases.jsonl"), SampleReports.lines(policy));
        Path page = directory.resolve("report.html");
        Run run =
                Run.of(
                        "report",
                        "--releases",
                        releases.toString(),
                        "--policy",
                        policy.toString(),
                        "--out",
                        page.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
        return page;
    }

    @Test
    @Timeout(120)
    void page_inABrowser_showsItsChartsAndLoadsNothingElse() throws IOException {
        Path page = page();
        try (Browser browser = Browser.start(Files.createDirectory(directory.resolve("browser")))) {
            browser.resize(WIDE, 900);
            browser.open(page);
            assertThat(browser.evaluate("document.compatMode").textValue()).isEqualTo("CSS1Compat");
            assertThat(browser.evaluate("document.title").textValue())
                    .isEqualTo("spring-campaign \u2013 Sealroom releases");
            assertFits(browser, WIDE);
            assertChartsAreDrawn(browser);
            assertNumbersAreShown(browser);
            browser.resize(NARROW, 900);
            assertFits(browser, NARROW);
            assertChartsAreDrawn(browser);
            assertDarkIsDark(browser);
            assertPrintHasTheTables(browser);
            assertThat(browser.requests()).containsExactly(page.toUri().toString());
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void assertFits(Browser browser, int width) throws IOException {
        assertThat(browser.evaluate("document.documentElement.scrollWidth").intValue())
                .isEqualTo(width);
        // Numbers scroll in their own box, and so does nothing else.
        assertThat(
                        browser.evaluate(
                                        "[...document.querySelectorAll('body *')].filter(e =>"
                                                + " !e.closest('.scroll') &&"
                                                + " e.getBoundingClientRect().right >"
                                                + " innerWidth).length")
                                .intValue())
                .isZero();
    }

    /** Every figure has a chart of a size that can be read, with marks of a size in it. */
    private static void assertChartsAreDrawn(Browser browser) throws IOException {
        JsonNode sizes =
                browser.evaluate(
                        "[...document.querySelectorAll('figure')].map(f => {"
                                + " const c = f.querySelector('svg').getBoundingClientRect();"
                                + " const t = f.querySelector('svg text').getBoundingClientRect();"
                                + " const m = f.querySelector('circle').getBoundingClientRect();"
                                + " return [c.width, c.height, t.height, m.width]; })");
        // Total, reach of two, and with unattributed eight cells of four metrics but overlap; caps.
        assertThat(sizes).hasSize(1 + 2 + 7 + 8 + 8 + 8 + 8 + 1);
        for (JsonNode size : sizes) {
            assertThat(size.get(0).doubleValue()).isGreaterThan(250);
            assertThat(size.get(1).doubleValue()).isGreaterThan(130);
            assertThat(size.get(2).doubleValue()).isGreaterThan(9);
            assertThat(size.get(3).doubleValue()).isGreaterThan(3);
        }
    }

    private static void assertNumbersAreShown(Browser browser) throws IOException {
        String cell =
                "[...document.querySelectorAll('#query-email-overlap td')]"
                        + ".find(e => e.textContent.endsWith(' \u00b1 36'))";
        assertThat(browser.evaluate(cell + ".checkVisibility()").booleanValue()).isFalse();
        browser.evaluate("document.querySelector('#query-email-overlap summary').click()");
        assertThat(browser.evaluate(cell + ".checkVisibility()").booleanValue()).isTrue();
        assertThat(browser.evaluate(cell + ".innerText").textValue()).matches("\\d+ \u00b1 36");
    }

    private static void assertDarkIsDark(Browser browser) throws IOException {
        String paper = "getComputedStyle(document.body).backgroundColor";
        browser.media("screen", false);
        assertThat(browser.evaluate(paper).textValue()).isEqualTo("rgb(255, 255, 255)");
        browser.media("screen", true);
        assertThat(browser.evaluate(paper).textValue()).isEqualTo("rgb(20, 23, 27)");
    }

    /** On paper nobody can open a table. */
    private static void assertPrintHasTheTables(Browser browser) throws IOException {
        browser.media("print", true);
        assertThat(
                        browser.evaluate(
                                        "getComputedStyle(document.body).backgroundColor + ' ' +"
                                                + " [...document.querySelectorAll('td')]"
                                                + ".filter(e => e.offsetHeight === 0).length")
                                .textValue())
                .isEqualTo("rgb(255, 255, 255) 0");
    }
}
