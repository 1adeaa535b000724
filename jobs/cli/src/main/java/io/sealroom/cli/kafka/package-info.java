/** Reading what nodes have written to Kafka. */
@NullMarked
package io.sealroom.cli.kafka;

import org.jspecify.annotations.NullMarked;
