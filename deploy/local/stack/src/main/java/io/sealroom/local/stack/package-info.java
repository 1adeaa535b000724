/**
 * The whole system on one machine: broker, chain, jobs and agents, for the demo and for end-to-end
 * tests.
 */
@NullMarked
package io.sealroom.local.stack;

import org.jspecify.annotations.NullMarked;
