package io.sealroom.privacy.oprf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.privacy.secret.SecretBytes;
import io.sealroom.schemas.hash.Address;
import io.sealroom.schemas.hash.Bytes;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.hash.RoomIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Golden keys and proofs, made by an independent program and read by the Solidity tests too. */
final class KeyProofVectors {

    private static final JsonNode FILE = read();

    private KeyProofVectors() {}

    /** One key with the proof that a given nonce makes. */
    record Proved(ProofContext context, JsonNode values) {

        KeyShare share() {
            return new KeyShare(SecretScalar.of(number("secret")));
        }

        SecretScalar nonce() {
            return SecretScalar.of(number("nonce"));
        }

        ProofOfPossession proof() {
            return new ProofOfPossession(number("r"), number("s"));
        }

        Bytes32 word(String field) {
            return Bytes32.fromHex(values.required(field).textValue());
        }

        Bytes bytes(String field) {
            return Bytes.fromHex(values.required(field).textValue());
        }

        private BigInteger number(String field) {
            return new BigInteger(1, word(field).toBytes());
        }
    }

    static RoomIdentity identity() {
        return new RoomIdentity(
                FILE.required("chainId").longValue(),
                new Address(FILE.required("contract").textValue()),
                FILE.required("room").textValue(),
                Bytes32.ZERO);
    }

    static String partner() {
        return FILE.required("partner").textValue();
    }

    static EpochSeed seed() {
        byte[] seed = Bytes.fromHex(FILE.required("seed").textValue()).toBytes();
        return new EpochSeed(FILE.required("firstEpoch").longValue(), SecretBytes.copyOf(seed));
    }

    /** The keys of {@link #partner()}, rising by epoch. */
    static List<Proved> keys() {
        List<Proved> keys = new ArrayList<>();
        FILE.required("keys").forEach(key -> keys.add(proved(partner(), key)));
        return keys;
    }

    static Bytes32 commitment() {
        return Bytes32.fromHex(FILE.required("commitment").textValue());
    }

    /** Those and keys at the ends of the range. */
    static List<Proved> all() {
        List<Proved> all = keys();
        FILE.required("others")
                .forEach(key -> all.add(proved(key.required("partner").textValue(), key)));
        return all;
    }

    private static Proved proved(String partner, JsonNode key) {
        long epoch = key.required("epoch").longValue();
        return new Proved(ProofContext.of(identity(), partner, epoch), key);
    }

    private static JsonNode read() {
        try (InputStream file =
                KeyProofVectors.class.getResourceAsStream(
                        "/io/sealroom/schemas/vectors/key-proof.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
