package io.sealroom.cli.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealroom.cli.Printable;
import io.sealroom.cli.UsageException;
import io.sealroom.contracts.Signature;
import io.sealroom.contracts.Word;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How an approver signs whose key is not here. */
final class SignatureOptions {

    @Option(
            names = "--signature",
            paramLabel = "HEX",
            description = "The approver's signature, made elsewhere, as by a contract wallet.")
    private @Nullable String signature;

    @Option(
            names = "--print-digest",
            description = "Print what the approver has to sign, and send nothing.")
    private boolean printDigest;

    /** Whether somebody signs who is not here. */
    boolean elsewhere() {
        return printDigest || signature != null;
    }

    boolean printDigest() {
        return printDigest;
    }

    /**
     * The signature to bring.
     *
     * @throws UsageException if there is none
     */
    Signature signature(PartnerActions actions, Word digest) {
        if (signature != null) {
            return parsed(signature);
        }
        return actions.sign(digest)
                .orElseThrow(
                        () ->
                                new UsageException(
                                        String.format(
                                                "the approver %s must sign, and its key is not"
                                                        + " here: have what --print-digest gives"
                                                        + " signed and bring it with --signature,"
                                                        + " or name its key with --key",
                                                actions.approver())));
    }

    private static Signature parsed(String text) {
        try {
            return Signature.of(
                    HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--signature must be hex digits");
        }
    }

    /**
     * What has to be signed.
     *
     * @param approver who signs
     * @param digest for whoever signs digests
     * @param typedData the same as wallets take it (eth_signTypedData_v4)
     */
    record ToSign(String approver, Word digest, ObjectNode typedData) implements Printable {

        @Override
        public List<String> lines() {
            return List.of(
                    "approver    " + approver, "digest      " + digest, "typed data  " + typedData);
        }

        @Override
        public ObjectNode json() {
            ObjectNode node = typedData.objectNode();
            node.put("approver", approver).put("digest", digest.toString());
            node.set("typedData", typedData);
            return node;
        }
    }
}
