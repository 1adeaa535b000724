package io.sealroom.local.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes a {@link Campaign}: {@code exposures.csv} and {@code conversions.csv}, UTF-8, RFC 4180,
 * one header line each.
 */
public final class CampaignGenerator {

    private CampaignGenerator() {}

    /**
     * Writes both files into a directory, made if missing; files of these names are replaced.
     *
     * @throws IOException if they cannot be written
     */
    public static Campaign write(CampaignOptions options, Path directory) throws IOException {
        // One generator per part, split off in a fixed order: what one part draws does not change
        // the others.
        SplittableRandom root = new SplittableRandom(options.seed());
        SplittableRandom forExposures = root.split();
        SplittableRandom forConversions = root.split();
        Population population = new Population(root.nextLong());
        CampaignFile exposureFile = new CampaignFile(options, population, root.split());
        CampaignFile conversionFile = new CampaignFile(options, population, root.split());

        List<CampaignEvent> exposures = Exposures.draw(options, forExposures);
        exposureFile.addEvents(exposures);
        conversionFile.addEvents(Conversions.draw(options, exposures, forConversions));
        BadLines badExposures = BadLines.ofExposures(options);
        BadLines badConversions = BadLines.ofConversions(options);
        for (int i = 0; i < options.badLines(); i++) {
            if (i % 2 == 0) {
                exposureFile.addBadLine(badExposures.line(i / 2));
            } else {
                conversionFile.addBadLine(badConversions.line(i / 2));
            }
        }

        Files.createDirectories(directory);
        Path exposuresCsv = directory.resolve("exposures.csv");
        Path conversionsCsv = directory.resolve("conversions.csv");
        exposureFile.write(exposuresCsv);
        conversionFile.write(conversionsCsv);
        return new Campaign(
                exposuresCsv, conversionsCsv, exposureFile.size(), conversionFile.size());
    }
}
