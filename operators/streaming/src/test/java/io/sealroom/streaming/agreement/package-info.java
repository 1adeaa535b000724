/**
 * The operators against the batch reference: the same events, the same exact totals. Golden cases
 * that people can follow, and random small histories over all that a policy can ask for.
 */
@NullMarked
package io.sealroom.streaming.agreement;

import org.jspecify.annotations.NullMarked;
