package io.sealroom.partner.exchange;

/** Where requests go; the order of those to one evaluator is kept. */
interface RequestChannel {

    /**
     * Does not wait. What is lost is sent again when no answer comes.
     *
     * @param evaluator name of the partner
     * @param request encoded
     */
    void send(String evaluator, byte[] request);
}
