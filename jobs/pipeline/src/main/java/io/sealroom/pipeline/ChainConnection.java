package io.sealroom.pipeline;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.RoomEndpoint;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.Web3jRoom;
import io.sealroom.contracts.Word;
import io.sealroom.streaming.publish.NodeKey;
import io.sealroom.streaming.publish.RoomContractFactory;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Opens the room's contract on a chain endpoint where a task needs it. */
final class ChainConnection implements RoomContractFactory {

    private static final long serialVersionUID = 1;

    private final String rpcUrl;
    private final long chainId;
    private final String contract;
    private final String policyHash;
    private final @Nullable NodeKey sender;

    private ChainConnection(NodeSettings settings, String rpcUrl, @Nullable NodeKey sender) {
        this.rpcUrl = rpcUrl;
        this.chainId = settings.room().chainId();
        this.contract = settings.room().contract().hex();
        this.policyHash = settings.policy().hash().toHex();
        this.sender = sender;
    }

    static ChainConnection readOnly(NodeSettings settings, String rpcUrl) {
        return new ChainConnection(settings, rpcUrl, null);
    }

    /** With the node's own key as the sender, and payer, of transactions. */
    static ChainConnection sending(NodeSettings settings, String rpcUrl, NodeKey sender) {
        return new ChainConnection(settings, rpcUrl, sender);
    }

    @Override
    public RoomContract open() throws IOException {
        RoomLocation location =
                new RoomLocation(chainId, new Account(contract), Word.fromHex(policyHash));
        return Web3jRoom.connect(
                sender == null
                        ? RoomEndpoint.readOnly(rpcUrl, location)
                        : RoomEndpoint.of(rpcUrl, location, sender.load()));
    }
}
