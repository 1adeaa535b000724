/**
 * The two jobs and their topologies: the only place that knows the order of the stages.
 * CleanRoomJob turns events topics into pending releases; PublishJob brings them to the contract
 * and lets out what the chain holds. They share nothing but the pending topic, so an outage of the
 * chain never stalls the computation.
 */
@NullMarked
package io.sealroom.pipeline;

import org.jspecify.annotations.NullMarked;
