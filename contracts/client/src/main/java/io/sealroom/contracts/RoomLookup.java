package io.sealroom.contracts;

import io.sealroom.contracts.wrappers.Room;
import io.sealroom.contracts.wrappers.RoomFactory;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.Utils;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.Transaction;
import org.web3j.utils.Numeric;

/**
 * Says what stands at an address, for whoever does not know it from a policy. What it gives is what
 * one endpoint says; that a Room runs the code of a factory only that factory can tell.
 */
public final class RoomLookup implements AutoCloseable {

    /**
     * A room as the chain has it.
     *
     * @param location where, and under which policy
     * @param configuration what it was created with: out of its event, and of the hash that the
     *     contract states
     * @param block number of the block that created it
     */
    public record Found(RoomLocation location, RoomConfiguration configuration, long block) {}

    private static final Account NOBODY = new Account("0x" + "0".repeat(40));
    private static final int SELECTOR_DIGITS = 8;

    /** A Room has no more; whatever else stands there must not keep us for ever. */
    private static final int PARTNERS_MAX = 16;

    private final ChainEndpoint endpoint;

    private RoomLookup(ChainEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Asks nothing yet. */
    public static RoomLookup connect(String rpcUrl, Duration timeout) {
        return new RoomLookup(new ChainEndpoint(rpcUrl, timeout));
    }

    public long chainId() throws IOException {
        return endpoint.chainId();
    }

    /**
     * The room at an address.
     *
     * @param fromBlock one that is not after the room's creation
     * @throws WrongChainException if there is no Room
     * @throws IOException if the endpoint does not answer, or has no event of its creation from
     *     this block on
     */
    public Found find(Account contract, long fromBlock) throws IOException {
        RoomReads reads = new RoomReads(endpoint, contract, NOBODY);
        Word policyHash;
        Word configurationHash;
        try {
            policyHash = reads.policyHash();
            configurationHash = reads.configurationHash();
        } catch (ContractViews.NoSuchContractException e) {
            throw missing(contract);
        }
        for (Log log : created(contract, fromBlock, policyHash, configurationHash)) {
            if (ChainEndpoint.read("eth_getLogs", () -> EventDecoder.decode(log)).orElse(null)
                            instanceof RoomEvent.Opened opened
                    && RoomDigests.configurationHash(opened.configuration())
                            .equals(configurationHash)) {
                return new Found(
                        new RoomLocation(endpoint.chainId(), contract, policyHash),
                        opened.configuration(),
                        opened.at().blockNumber());
            }
        }
        throw new IOException(
                String.format(
                        "the chain endpoint has no event of the room's creation from block %d on",
                        fromBlock));
    }

    private List<Log> created(
            Account contract, long fromBlock, Word policyHash, Word configurationHash)
            throws IOException {
        long head = endpoint.headBlock();
        return fromBlock > head
                ? List.of()
                : endpoint.logs(
                        contract,
                        fromBlock,
                        head,
                        List.of(
                                EventDecoder.topic(Room.OPENED_EVENT),
                                EventDecoder.topic(policyHash),
                                EventDecoder.topic(configurationHash)));
    }

    /**
     * The partners of a room, in its order.
     *
     * @throws WrongChainException if there is no Room
     */
    public List<RoomConfiguration.Partner> partners(Account contract) throws IOException {
        RoomReads reads = new RoomReads(endpoint, contract, NOBODY);
        try {
            List<RoomConfiguration.Partner> partners = new ArrayList<>();
            Optional<RoomConfiguration.Partner> next = reads.partner(0);
            while (next.isPresent() && partners.size() < PARTNERS_MAX) {
                partners.add(next.get());
                next = reads.partner(partners.size());
            }
            return partners;
        } catch (ContractViews.NoSuchContractException e) {
            throw missing(contract);
        }
    }

    private static WrongChainException missing(Account contract) {
        return new WrongChainException(
                WrongChainException.What.CONTRACT, contract.hex(), "no Room");
    }

    /** Whether a factory created a room: that says what code it runs. */
    public boolean isRoom(Account factory, Account room) throws IOException {
        String data =
                FunctionEncoder.encode(
                        new Function(
                                RoomFactory.FUNC_ISROOM,
                                List.of(new Address(room.hex())),
                                List.of()));
        return endpoint.call(NOBODY, factory, data)
                        instanceof ChainEndpoint.CallResult.Returned returned
                && returned.data().length() > "0x".length()
                && Numeric.toBigInt(returned.data()).equals(BigInteger.ONE);
    }

    /**
     * The proofs that came with revealed keys, out of the transaction that brought them. Empty if
     * it called another contract, which then called the Room: they stand nowhere then.
     *
     * @throws IOException if the endpoint does not answer, or with nonsense
     */
    public Optional<List<KeyProof>> proofs(Account contract, RoomEvent.KeysRevealed event)
            throws IOException {
        Optional<Transaction> transaction = endpoint.transaction(event.at().transaction());
        String reveal = selector(contract);
        if (transaction.isEmpty()
                || transaction.get().getTo() == null
                || !new Account(transaction.get().getTo()).equals(contract)
                || !transaction.get().getInput().startsWith(reveal)) {
            return Optional.empty();
        }
        String arguments = transaction.get().getInput().substring(reveal.length());
        return Optional.of(ChainEndpoint.read("eth_getTransactionByHash", () -> proofs(arguments)));
    }

    // The library's own signatures use the raw type.
    @SuppressWarnings("rawtypes")
    private static List<KeyProof> proofs(String arguments) {
        List<TypeReference<Type>> types =
                Utils.convert(
                        List.of(
                                new TypeReference<Uint256>() {},
                                new TypeReference<DynamicArray<Room.Key>>() {},
                                new TypeReference<DynamicArray<Room.Proof>>() {}));
        List<KeyProof> proofs = new ArrayList<>();
        for (Object proof :
                ((DynamicArray<?>) FunctionReturnDecoder.decode(arguments, types).get(2))
                        .getValue()) {
            Room.Proof given = (Room.Proof) proof;
            proofs.add(new KeyProof(Word.of(given.r), Word.of(given.s)));
        }
        return proofs;
    }

    private String selector(Account contract) {
        return new RoomReads(endpoint, contract, NOBODY)
                .reveal(0, List.of(), List.of())
                .substring(0, "0x".length() + SELECTOR_DIGITS);
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
