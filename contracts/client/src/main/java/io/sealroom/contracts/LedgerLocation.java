package io.sealroom.contracts;

/**
 * Which ledger is meant.
 *
 * @param chainId EIP-155 chain id
 * @param contract the BudgetLedger's address
 */
public record LedgerLocation(long chainId, Account contract) {}
