package io.sealroom.partner;

import io.sealroom.partner.event.RawEvent;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.kit.BlindedEventProducer;
import io.sealroom.partner.kit.SendOutcome;
import io.sealroom.partner.session.PartnerSession;
import java.util.concurrent.CompletableFuture;

/** The producer kit as an agent's sink. */
final class KitSink implements LiveSink {

    private final BlindedEventProducer producer;

    private KitSink(BlindedEventProducer producer) {
        this.producer = producer;
    }

    static KitSink open(PartnerSession session) throws AgentException, InterruptedException {
        return new KitSink(BlindedEventProducer.start(session));
    }

    @Override
    public CompletableFuture<SendOutcome> send(RawEvent event) throws InterruptedException {
        return producer.send(event);
    }

    @Override
    public CompletableFuture<AgentException> failure() {
        return producer.failure();
    }

    @Override
    public void close() {
        producer.close();
    }
}
