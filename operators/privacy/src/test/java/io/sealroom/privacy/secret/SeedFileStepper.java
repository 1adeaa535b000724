package io.sealroom.privacy.secret;

import java.io.IOException;
import java.nio.file.Path;

/** Moves a seed file on by one epoch, many times: as a thread, or as a process of its own. */
final class SeedFileStepper {

    private SeedFileStepper() {}

    /** Arguments: file and times. Prints a line when it begins. */
    public static void main(String[] arguments) throws IOException {
        System.out.println("begins");
        step(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    }

    static void step(Path file, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            OprfSeedFile.change(file, present -> next((StoredSeed.Bound) present));
        }
    }

    private static StoredSeed next(StoredSeed.Bound present) {
        return new StoredSeed.Bound(
                present.name(), present.room(), present.epoch() + 1, present.seed());
    }
}
