package io.sealroom.partner.metrics;

import java.util.Locale;

/** What an agent is doing, or waiting for. */
public enum AgentState {
    /** Reading its files and meeting Kafka. */
    STARTING,
    /** Nothing is evaluated before all keys of the room are revealed. */
    WAITS_FOR_CEREMONY,
    /** Asking the partners for tokens of its file. */
    TOKENISING,
    /** Sending events and sealing slices. */
    SEALING,
    /** Taking events as they come, and sealing slices as they end. */
    STREAMING,
    /** Its own work done; evaluating for the others. */
    STAYING,
    /** Told to end: finishing what is in flight. */
    STOPPING;

    /** As a label value. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
