/**
 * The two jobs and their topologies: the only place that knows the order of the stages.
 * CleanRoomJob turns events topics into pending releases; PublishJob signs them, counts the other
 * nodes' signatures, brings what a quorum signed to the contract and lets out what the chain holds.
 * The two share nothing but the pending topic, so an outage of the chain never stalls the
 * computation. Nodes share nothing but the events topics they read and the signatures topic: every
 * other topic and every transactional id carries the node's name.
 */
@NullMarked
package io.sealroom.pipeline;

import org.jspecify.annotations.NullMarked;
