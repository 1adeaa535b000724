package io.sealroom.local.campaign;

import java.nio.file.Path;

/**
 * The files a {@link CampaignGenerator} wrote.
 *
 * @param exposures the publisher's file
 * @param conversions the advertiser's file
 * @param exposureLines lines of the first below its header: events, repetitions and bad lines
 * @param conversionLines the same of the second
 */
public record Campaign(Path exposures, Path conversions, int exposureLines, int conversionLines) {}
