/**
 * Real parts for one machine: a Kafka broker inside this JVM, an EVM node as a child process, and
 * the two small things every test of a distributed system needs, a free port and a wait with a
 * deadline.
 *
 * <p>Nothing here is a fake: {@link io.sealroom.local.parts.LocalKafka} is the broker itself, in
 * KRaft mode with one node, and {@link io.sealroom.local.parts.LocalChain} is anvil. What differs
 * from production is only the number of copies (one) and that both listen on the loopback address
 * without authentication. Not for data that must survive the machine.
 *
 * <p>Why: tests and the demo run on machines without Docker, and a fake broker would not show
 * fencing, read_committed or control records. Where Docker is there, a container passes the same
 * tests (see {@code KafkaBrokerContract}).
 */
@NullMarked
package io.sealroom.local.parts;

import org.jspecify.annotations.NullMarked;
