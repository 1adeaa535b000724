/**
 * When a seal is valid at its place in a partition (PROTOCOL.md section 5), so that a node that
 * computes, a partner that mends its log and anybody who looks at a topic judge alike.
 */
@NullMarked
package io.sealroom.privacy.seal;

import org.jspecify.annotations.NullMarked;
