package io.sealroom.partner;

import io.sealroom.partner.metrics.AgentMetrics;
import io.sealroom.partner.session.PartnerSession;

/**
 * What an agent's own work is done with; none of it is closed by the work.
 *
 * @param session the partner in its room
 * @param observer hears how far the work is
 * @param metrics of the agent as a whole
 * @param stop until {@link StopSignal#endWork} it interrupts the thread that works
 */
record WorkParts(
        PartnerSession session, RunObserver observer, AgentMetrics metrics, StopSignal stop) {}
