package io.sealroom.cli.policy;

import io.sealroom.partner.ceremony.RoomConfigurations;
import io.sealroom.schemas.policy.Partner;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * Limits of a data set as the user states them.
 *
 * @param dataset its name, or its partner's name, a slash and its name
 */
record GivenLimit(String dataset, DatasetLimits limits) {

    /** What the contract holds of a limit per period. */
    static final long PER_PERIOD_MAX = RoomConfigurations.CHARGE_MAX.longValueExact();

    private static final Pattern FORM =
            Pattern.compile("([a-z0-9_./-]{1,128})=([0-9]{1,10})(?::([0-9]{1,18}))?");

    /** Whether it is the partner's data set that is meant. */
    boolean means(Partner partner) {
        return dataset.equals(partner.dataset())
                || dataset.equals(partner.name() + "/" + partner.dataset());
    }

    /** Reads it from the command line. */
    static final class Converter implements CommandLine.ITypeConverter<GivenLimit> {

        @Override
        public GivenLimit convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw refused();
            }
            long perPeriod = Long.parseLong(matcher.group(2));
            OptionalLong forLife =
                    matcher.group(3) == null
                            ? OptionalLong.empty()
                            : OptionalLong.of(Long.parseLong(matcher.group(3)));
            if (perPeriod == 0 || perPeriod > PER_PERIOD_MAX || forLife.orElse(1) == 0) {
                throw refused();
            }
            return new GivenLimit(matcher.group(1), DatasetLimits.untouched(perPeriod, forLife));
        }

        private static CommandLine.TypeConversionException refused() {
            return new CommandLine.TypeConversionException(
                    "must be DATASET=PERIOD or DATASET=PERIOD:LIFE in micro-rho, the first at most "
                            + PER_PERIOD_MAX);
        }
    }
}
