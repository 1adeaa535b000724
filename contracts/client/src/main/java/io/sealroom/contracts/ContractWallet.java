package io.sealroom.contracts;

/** A contract that approves for a partner (ERC-1271), on an {@link InMemoryChain}. */
@FunctionalInterface
public interface ContractWallet {

    boolean isValidSignature(Word digest, Signature signature);
}
