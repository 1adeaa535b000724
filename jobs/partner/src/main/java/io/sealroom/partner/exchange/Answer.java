package io.sealroom.partner.exchange;

import java.util.concurrent.CompletableFuture;

/** What becomes of bytes on this partner's requests topic. */
sealed interface Answer {

    /**
     * @param requester whose replies topic it goes to
     * @param bytes encoded reply, once it is evaluated
     */
    record Reply(String requester, CompletableFuture<byte[]> bytes) implements Answer {}

    record Dropped(RequestRefusal reason) implements Answer {}
}
