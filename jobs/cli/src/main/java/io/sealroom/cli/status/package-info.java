/**
 * {@code sealroom status}: who holds a room, which partition, and since when.
 *
 * <p>It looks at the ends of the events topics for the last seals and takes from a node's rejects
 * which of them that node refused; it replays nothing, so it answers at once. A seal that the node
 * has not come to yet counts as valid. To judge a topic from its first record on there is {@code
 * sealroom audit}.
 */
@NullMarked
package io.sealroom.cli.status;

import org.jspecify.annotations.NullMarked;
