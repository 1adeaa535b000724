package io.sealroom.privacy.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random but small: times, ids and cells collide often. */
final class AttributionFixture {

    static final long HORIZON = 60;

    private AttributionFixture() {}

    static AttributionRules randomRules(Random random) {
        return new AttributionRules(
                randomLookBack(random),
                randomLookBack(random),
                random.nextBoolean(),
                1 + random.nextInt(4));
    }

    private static LookBack randomLookBack(Random random) {
        long minAge = random.nextInt(8);
        return new LookBack(minAge, Math.max(1, minAge + random.nextInt(30)));
    }

    static List<Touch> randomTouches(Random random, int max) {
        List<Touch> touches = new ArrayList<>();
        for (int i = random.nextInt(max + 1); i > 0; i--) {
            touches.add(
                    new Touch(
                            random.nextLong(HORIZON),
                            random.nextInt(3) - 1,
                            random.nextInt(3) - 1,
                            random.nextInt(4),
                            random.nextBoolean()));
        }
        return new ArrayList<>(touches.stream().distinct().toList());
    }

    static List<Conversion> randomConversions(Random random, int max) {
        List<Conversion> conversions = new ArrayList<>();
        for (int i = random.nextInt(max + 1); i > 0; i--) {
            conversions.add(
                    new Conversion(
                            random.nextLong(HORIZON),
                            random.nextInt(3) - 1,
                            random.nextLong(),
                            random.nextInt(200) - 50));
        }
        return conversions;
    }
}
