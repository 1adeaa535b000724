/**
 * The records that pass between stages, each a plain record that Flink serialises without Kryo. A
 * stage takes one of these and gives another; stages know these records and not one another. And
 * what all stages with keyed state have: a {@link io.sealroom.streaming.flow.StateStamp}. Queries,
 * partners and rows are numbered by their position in the policy.
 */
@NullMarked
package io.sealroom.streaming.flow;

import org.jspecify.annotations.NullMarked;
