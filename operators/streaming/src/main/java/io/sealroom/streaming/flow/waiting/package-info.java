/**
 * Records of one key that wait for the end of their slice, shared by the stages that decide nothing
 * on arrival: a list for almost every key, lots by slice for one that is flooded ({@link
 * io.sealroom.streaming.flow.waiting.Waiting}), when to look again ({@link
 * io.sealroom.streaming.flow.waiting.Agenda}), and how many of a partner's events count ({@link
 * io.sealroom.streaming.flow.waiting.EventsCap}).
 */
@NullMarked
package io.sealroom.streaming.flow.waiting;

import org.jspecify.annotations.NullMarked;
