package io.sealroom.local.campaign;

import java.util.List;
import java.util.SplittableRandom;

/**
 * People with an e-mail address and a phone number each, by index; no two share either. Made on
 * demand from the index and the seed, nothing is kept.
 */
final class Population {

    /** Beyond this the ranges of phone numbers are used up. */
    static final int MAX = 200_000;

    /** In normal form: no two of them fold together, whatever the case, width or composition. */
    private static final List<String> FIRST_NAMES =
            List.of(
                    "anna",
                    "josé",
                    "marie",
                    "zoë",
                    "björn",
                    "jürgen",
                    "françois",
                    "siân",
                    "łukasz",
                    "renée",
                    "tomás",
                    "iñigo",
                    "søren",
                    "chloé",
                    "peter",
                    "aisha",
                    "li",
                    "noor",
                    "мария",
                    "διονυσία");

    private static final List<String> LAST_NAMES =
            List.of(
                    "smith",
                    "garcía",
                    "müller",
                    "o'neill",
                    "nguyễn",
                    "kowalski",
                    "lefèvre",
                    "åberg",
                    "peña",
                    "d'angelo",
                    "van-dijk",
                    "jones",
                    "sjögren",
                    "brontë",
                    "khan");

    private static final List<String> DOMAINS =
            List.of(
                    "example.com",
                    "example.org",
                    "example.net",
                    "mail.example",
                    "post.example",
                    "bücher.example");

    private static final int EVERY_QUOTED = 200;

    private final long seed;

    Population(long seed) {
        this.seed = seed;
    }

    /** The person's address in normal form. */
    String email(int person) {
        SplittableRandom random = of(person);
        String first = pick(FIRST_NAMES, random);
        String last = pick(LAST_NAMES, random);
        String domain = pick(DOMAINS, random);
        // A quoted local part (RFC 5321 section 4.1.2) may hold a comma: both make a CSV field that
        // must be quoted.
        String local =
                random.nextInt(EVERY_QUOTED) == 0
                        ? "\"" + last + "," + first + person + "\""
                        : first + "." + last + person;
        return local + "@" + domain;
    }

    /** The person's phone number. */
    PhoneNumber phone(int person) {
        return PhoneNumber.ofPerson(person);
    }

    /** Whether the person is rather known by phone than by e-mail. */
    boolean prefersPhone(int person) {
        return of(person).split().nextInt(100) < 15;
    }

    private SplittableRandom of(int person) {
        // SplittableRandom mixes its seed well: neighbouring seeds give unrelated sequences.
        return new SplittableRandom(seed + person);
    }

    private static String pick(List<String> values, SplittableRandom random) {
        return values.get(random.nextInt(values.size()));
    }
}
