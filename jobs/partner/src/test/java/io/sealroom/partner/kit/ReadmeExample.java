package io.sealroom.partner.kit;

import static io.sealroom.schemas.record.IdentifierKind.EMAIL;

import io.sealroom.partner.event.RawEvent;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** The example of the README, so that it compiles; {@link ReadmeExampleTest} compares the two. */
final class ReadmeExample {

    private ReadmeExample() {}

    static void send() throws Exception {
        try (var producer = BlindedEventProducer.open(Path.of("agent.yaml"))) {
            var now = System.currentTimeMillis();
            var view = RawEvent.view("impression-4711", EMAIL, "ann@example.org", now, "news");
            CompletableFuture<SendOutcome> outcome = producer.send(view);
            producer.flush();
            System.out.println(outcome.get());
        }
    }
}
