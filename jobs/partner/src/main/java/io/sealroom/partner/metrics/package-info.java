/** What an agent tells a monitoring system: counts, states and reasons, and nothing of anybody. */
@NullMarked
package io.sealroom.partner.metrics;

import org.jspecify.annotations.NullMarked;
