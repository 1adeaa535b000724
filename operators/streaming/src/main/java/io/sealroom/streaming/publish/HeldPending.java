package io.sealroom.streaming.publish;

/**
 * A pending release that waits in the gate for its receipt.
 *
 * @param pending what waits
 * @param alarmAt processing time of the next alarm
 */
public record HeldPending(CheckedPending pending, long alarmAt) {}
