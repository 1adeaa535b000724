package io.sealroom.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.contracts.wrappers.BudgetLedger;
import io.sealroom.contracts.wrappers.Room;
import io.sealroom.contracts.wrappers.RoomFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.BytesType;
import org.web3j.abi.datatypes.Type;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/**
 * Errors from revert data, by the ABIs of the three contracts and the language's own two: the
 * generated code knows none.
 */
final class ErrorDecoder {

    private static final int SELECTOR_DIGITS = 8;

    /** JSON-RPC code of geth and those after it. */
    private static final int REVERTED = 3;

    /** Endpoints wrap the data in quotes, or put a word before it. */
    private static final Pattern DATA = Pattern.compile("0x([0-9a-fA-F]{8,})");

    @SuppressWarnings("rawtypes") // the library's own signatures
    private record Known(String name, List<TypeReference<Type>> parameters) {}

    private final Map<String, Known> bySelector = new HashMap<>();

    ErrorDecoder() {
        try {
            addAll(Room.class, "Room.abi.json");
            addAll(BudgetLedger.class, "BudgetLedger.abi.json");
            addAll(RoomFactory.class, "RoomFactory.abi.json");
            add("Error", List.of("string"));
            add("Panic", List.of("uint256"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("an error of a contract has an unknown type", e);
        }
    }

    private void addAll(Class<?> wrapper, String file) throws IOException, ClassNotFoundException {
        try (InputStream abi = wrapper.getResourceAsStream(file)) {
            if (abi == null) {
                throw new IllegalStateException(file + " is not on the classpath");
            }
            for (JsonNode entry : new ObjectMapper().readTree(abi)) {
                if (entry.path("type").asText().equals("error")) {
                    add(entry.path("name").asText(), types(entry));
                }
            }
        }
    }

    private static List<String> types(JsonNode entry) {
        List<String> types = new ArrayList<>();
        entry.path("inputs").forEach(input -> types.add(input.path("type").asText()));
        return types;
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // makeTypeReference gives a raw one
    private void add(String name, List<String> types) throws ClassNotFoundException {
        List<TypeReference<Type>> parameters = new ArrayList<>();
        for (String type : types) {
            parameters.add(TypeReference.makeTypeReference(type));
        }
        String signature = name + "(" + String.join(",", types) + ")";
        String selector = Hash.sha3String(signature).substring(2, 2 + SELECTOR_DIGITS);
        bySelector.put(selector, new Known(name, parameters));
    }

    /**
     * Whether an endpoint's error is that of a call which reverted, with data that says why. Geth,
     * reth, erigon and anvil have a code for it, others a word in the message or before the data;
     * hex in the data of any other error is none of a contract's.
     */
    static boolean isRevert(int code, String message, String data) {
        return DATA.matcher(data).find()
                && (code == REVERTED || saysReverted(message) || saysReverted(data));
    }

    /** Whether an endpoint's text says that a call reverted. */
    static boolean saysReverted(String text) {
        return text.toLowerCase(Locale.ROOT).contains("revert");
    }

    /**
     * The error in an endpoint's revert data.
     *
     * @throws IllegalArgumentException if there is none, see {@link #isRevert}
     * @throws IOException if it is none of the contracts: they have no error that is not in their
     *     ABI, so it is the endpoint's own, and no refusal
     */
    ContractError decode(String data) throws IOException {
        Matcher matcher = DATA.matcher(data);
        if (!matcher.find()) {
            throw new IllegalArgumentException("data must hold a selector");
        }
        String hex = matcher.group(1);
        Known known = bySelector.get(hex.substring(0, SELECTOR_DIGITS).toLowerCase(Locale.ROOT));
        if (known == null) {
            throw new IOException("the chain endpoint gives an unknown error, 0x" + hex);
        }
        return new ContractError(
                known.name(),
                ChainEndpoint.read(
                        "eth_call",
                        () -> arguments(hex.substring(SELECTOR_DIGITS), known.parameters())));
    }

    @SuppressWarnings("rawtypes") // the library's own signatures
    private static List<String> arguments(String hex, List<TypeReference<Type>> parameters) {
        List<String> arguments = new ArrayList<>();
        for (Type<?> value : FunctionReturnDecoder.decode(hex, parameters)) {
            arguments.add(text(value));
        }
        return arguments;
    }

    private static String text(Type<?> value) {
        return value instanceof BytesType bytes
                ? Numeric.toHexString(bytes.getValue())
                : value.getValue().toString();
    }
}
