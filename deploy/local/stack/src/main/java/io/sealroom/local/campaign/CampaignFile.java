package io.sealroom.local.campaign;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Turns events into the lines of one file, as untidy as files are. */
final class CampaignFile {

    static final String HEADER = "event_id,id_type,identifier,timestamp,kind,cell,value";

    private static final int EVERY_REPEATED = 200;
    private static final int EVERY_MISPLACED = 20;
    private static final int MISPLACED_MAX_MILLIS = 600_000;
    private static final int EVERY_OTHER_KIND = 10;

    private record Line(long sortMillis, String text) {}

    private final CampaignOptions options;
    private final Population population;
    private final SplittableRandom random;
    private final List<Line> lines = new ArrayList<>();

    CampaignFile(CampaignOptions options, Population population, SplittableRandom random) {
        this.options = options;
        this.population = population;
        this.random = random;
    }

    /** Adds a line for each event, and for one of 200 a second one, the same to the byte. */
    void addEvents(List<CampaignEvent> events) {
        for (CampaignEvent event : events) {
            String text = text(event);
            lines.add(new Line(place(event.timeMillis(), EVERY_MISPLACED), text));
            if (random.nextInt(EVERY_REPEATED) == 0) {
                lines.add(new Line(place(event.timeMillis(), 1), text));
            }
        }
    }

    /** Adds a line at a random place. */
    void addBadLine(String text) {
        long at = options.startMillis() + random.nextLong(options.lengthMillis());
        lines.add(new Line(at, text));
    }

    /** Writes header and lines. */
    void write(Path file) throws IOException {
        // A stable sort: lines of one millisecond stay in the order they were drawn.
        lines.sort(Comparator.comparingLong(Line::sortMillis));
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(HEADER);
            out.write(CsvLine.END);
            for (Line line : lines) {
                out.write(line.text());
                out.write(CsvLine.END);
            }
        }
    }

    /** Number of lines below the header. */
    int size() {
        return lines.size();
    }

    /** Where a line stands: at its time, or for one of so many up to ten minutes later. */
    private long place(long timeMillis, int everyMisplaced) {
        return random.nextInt(everyMisplaced) == 0
                ? timeMillis + random.nextInt(MISPLACED_MAX_MILLIS)
                : timeMillis;
    }

    private String text(CampaignEvent event) {
        boolean preferred = random.nextInt(EVERY_OTHER_KIND) != 0;
        boolean byPhone = population.prefersPhone(event.person()) == preferred;
        String identifier =
                byPhone
                        ? PhoneSpelling.draw(random).of(population.phone(event.person()))
                        : EmailSpelling.draw(random).of(population.email(event.person()));
        return CsvLine.of(
                event.id(),
                byPhone ? "phone" : "email",
                identifier,
                TimeSpelling.of(event.timeMillis(), random),
                event.kind().text(),
                event.cell() == CampaignEvent.NONE ? "" : options.cells().get(event.cell()),
                event.value() == CampaignEvent.NONE ? "" : Integer.toString(event.value()));
    }
}
