/**
 * Bytes that must not reach a log, a message or a serialiser, the keyed hash computed over them,
 * and the key files they are kept in.
 *
 * <p>{@link io.sealroom.privacy.secret.SecretBytes#openSecret()} is the only way to the bytes: a
 * search for that name lists every place that reads a secret. Not guaranteed: copies that the
 * runtime makes (garbage collection, {@code BigInteger} arithmetic on opened scalars), and the
 * texts that a key or seed file is on its way through the JSON library, stay in the heap until they
 * are overwritten.
 */
@NullMarked
package io.sealroom.privacy.secret;

import org.jspecify.annotations.NullMarked;
