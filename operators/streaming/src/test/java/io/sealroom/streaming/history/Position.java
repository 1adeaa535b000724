package io.sealroom.streaming.history;

import io.sealroom.privacy.seal.PartitionProgress;

/**
 * How far a partition was read: the state of a split.
 *
 * @param offset of the next record
 * @param progress of the records before it
 */
record Position(int offset, PartitionProgress progress) {}
