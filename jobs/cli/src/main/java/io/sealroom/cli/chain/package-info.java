/**
 * What commands share that talk to the chain: the endpoint, the key that pays, what to say when the
 * contract refuses; and {@code sealroom chain}. Secrets are opened in one class here and shown by
 * none.
 */
@NullMarked
package io.sealroom.cli.chain;

import org.jspecify.annotations.NullMarked;
