package io.sealroom.contracts;

import io.sealroom.contracts.wrappers.BudgetLedger;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;

/** A ledger's views and the ABI encoding of its actions, over one endpoint. */
final class LedgerReads {

    private final ContractViews views;
    private final BudgetLedger abi;

    LedgerReads(ChainEndpoint endpoint, Account contract, Account caller) {
        this.views = new ContractViews(endpoint, contract, caller);
        this.abi =
                BudgetLedger.load(
                        contract.hex(),
                        endpoint.web3j(),
                        new ReadonlyTransactionManager(endpoint.web3j(), caller.hex()),
                        new DefaultGasProvider());
    }

    Account factory() throws IOException {
        return new Account(views.read(abi.factory(), String.class));
    }

    Optional<DatasetAccount> account(Word dataset) throws IOException {
        BudgetLedger.Account account =
                views.read(abi.account(dataset.toBytes()), BudgetLedger.Account.class);
        return account.periodMillis.signum() == 0
                ? Optional.empty()
                : Optional.of(
                        new DatasetAccount(
                                EventDecoder.amount(account.periodMillis),
                                EventDecoder.number(account.limitPerPeriod),
                                EventDecoder.amount(account.limitForLife),
                                EventDecoder.amount(account.allowed)));
    }

    DatasetGrant grant(Word dataset, Account room) throws IOException {
        BudgetLedger.Grant grant =
                views.read(abi.grant(dataset.toBytes(), room.hex()), BudgetLedger.Grant.class);
        return new DatasetGrant(
                EventDecoder.amount(grant.allowance),
                EventDecoder.amount(grant.spent),
                EventDecoder.number(grant.limitPerPeriod));
    }

    long spentInPeriod(Word dataset, long period) throws IOException {
        BigInteger spent =
                views.read(
                        abi.spentInPeriod(dataset.toBytes(), AbiTypes.number(period)),
                        BigInteger.class);
        return EventDecoder.number(spent);
    }

    Optional<Word> shortOf(Account room, List<Word> datasets, long period, long amount)
            throws IOException {
        Word dataset =
                views.word(
                        abi.shortOf(
                                room.hex(),
                                AbiTypes.bytes(datasets),
                                AbiTypes.number(period),
                                AbiTypes.number(amount)));
        return dataset.isZero() ? Optional.empty() : Optional.of(dataset);
    }

    /** Calldata of register. */
    String register(Word name, long periodMillis, long limitPerPeriod, long limitForLife) {
        return abi.register(
                        name.toBytes(),
                        AbiTypes.number(periodMillis),
                        AbiTypes.number(limitPerPeriod),
                        AbiTypes.number(limitForLife))
                .encodeFunctionCall();
    }

    /** Calldata of allow. */
    String allow(Word name, Account room, Word configurationHash, long allowance) {
        return abi.allow(
                        name.toBytes(),
                        room.hex(),
                        configurationHash.toBytes(),
                        AbiTypes.number(allowance))
                .encodeFunctionCall();
    }
}
