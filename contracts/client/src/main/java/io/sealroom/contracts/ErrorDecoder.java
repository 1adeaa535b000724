package io.sealroom.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealroom.contracts.wrappers.Room;
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

/** Custom errors from revert data, by the contract's ABI: the generated code knows none. */
final class ErrorDecoder {

    private static final int SELECTOR_DIGITS = 8;

    /** Endpoints wrap the data in quotes, or put a word before it. */
    private static final Pattern DATA = Pattern.compile("0x([0-9a-fA-F]{8,})");

    @SuppressWarnings("rawtypes") // the library's own signatures
    private record Known(String name, List<TypeReference<Type>> parameters) {}

    private final Map<String, Known> bySelector = new HashMap<>();

    ErrorDecoder() {
        try (InputStream abi = Room.class.getResourceAsStream("Room.abi.json")) {
            if (abi == null) {
                throw new IllegalStateException("Room.abi.json is not on the classpath");
            }
            for (JsonNode entry : new ObjectMapper().readTree(abi)) {
                if (entry.path("type").asText().equals("error")) {
                    add(entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("an error of Room.abi.json has an unknown type", e);
        }
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // makeTypeReference gives a raw one
    private void add(JsonNode entry) throws ClassNotFoundException {
        List<TypeReference<Type>> parameters = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (JsonNode input : entry.path("inputs")) {
            String type = input.path("type").asText();
            types.add(type);
            parameters.add(TypeReference.makeTypeReference(type));
        }
        String name = entry.path("name").asText();
        String signature = name + "(" + String.join(",", types) + ")";
        String selector = Hash.sha3String(signature).substring(2, 2 + SELECTOR_DIGITS);
        bySelector.put(selector, new Known(name, parameters));
    }

    /** Whether there is revert data in what an endpoint gave as an error's data. */
    static boolean isRevert(String data) {
        return DATA.matcher(data).find();
    }

    /**
     * The error in an endpoint's revert data.
     *
     * @throws IllegalArgumentException if there is none, see {@link #isRevert}
     */
    ContractError decode(String data) {
        Matcher matcher = DATA.matcher(data);
        if (!matcher.find()) {
            throw new IllegalArgumentException("data must hold a selector");
        }
        String hex = matcher.group(1);
        Known known = bySelector.get(hex.substring(0, SELECTOR_DIGITS).toLowerCase(Locale.ROOT));
        if (known == null) {
            return new ContractError("Unknown", List.of("0x" + hex));
        }
        List<String> arguments = new ArrayList<>();
        for (Type<?> value :
                FunctionReturnDecoder.decode(hex.substring(SELECTOR_DIGITS), known.parameters())) {
            arguments.add(text(value));
        }
        return new ContractError(known.name(), arguments);
    }

    private static String text(Type<?> value) {
        return value instanceof BytesType bytes
                ? Numeric.toHexString(bytes.getValue())
                : value.getValue().toString();
    }
}
