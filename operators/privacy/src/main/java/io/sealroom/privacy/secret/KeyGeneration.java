package io.sealroom.privacy.secret;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Makes the key files of a room's partners, nodes and auditors, and {@code participants.json} with
 * their public parts for whoever writes the policy. For a trial on one machine; in earnest every
 * party makes its own file where it is used.
 */
public final class KeyGeneration {

    /**
     * Public parts: {@code {"partners": [{name, address}], "nodes": [{name, address, hpke...}],
     * "auditors": [{name, hpke...}]}}.
     */
    public static final String PARTICIPANTS_FILE = "participants.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private KeyGeneration() {}

    public static Path partnerFile(Path directory, String partner) {
        return directory.resolve("partner-" + partner + ".json");
    }

    public static Path seedFile(Path directory, String partner) {
        return directory.resolve(seedFileName(partner));
    }

    /** The OPRF seed file that is looked for if none is named. */
    public static Path seedFileBeside(Path keyFile, String partner) {
        return keyFile.resolveSibling(seedFileName(partner));
    }

    private static String seedFileName(String partner) {
        return "oprf-" + partner + ".json";
    }

    public static Path nodeFile(Path directory, String node) {
        return directory.resolve("node-" + node + ".json");
    }

    public static Path auditorFile(Path directory, String auditor) {
        return directory.resolve("auditor-" + auditor + ".json");
    }

    /** Without auditors. */
    public static void generate(Path outDir, List<String> partners, List<String> nodes)
            throws IOException {
        generate(outDir, partners, nodes, List.of());
    }

    /**
     * Writes {@code partner-NAME.json}, {@code oprf-NAME.json}, {@code node-NAME.json} and {@code
     * auditor-NAME.json}, each with mode 600, and {@code participants.json}.
     *
     * @param outDir made if missing
     * @throws IllegalArgumentException if a name breaks its rule or stands twice
     * @throws KeyFileException if one of the files exists; nothing is written then
     * @throws IOException if something cannot be written
     */
    public static void generate(
            Path outDir, List<String> partners, List<String> nodes, List<String> auditors)
            throws IOException {
        List.of(partners, nodes, auditors).forEach(KeyGeneration::requireNames);
        Path participants = outDir.resolve(PARTICIPANTS_FILE);
        List<Path> files = new ArrayList<>(List.of(participants));
        partners.forEach(partner -> files.add(partnerFile(outDir, partner)));
        partners.forEach(partner -> files.add(seedFile(outDir, partner)));
        nodes.forEach(node -> files.add(nodeFile(outDir, node)));
        auditors.forEach(auditor -> files.add(auditorFile(outDir, auditor)));
        for (Path file : files) {
            if (Files.exists(file)) {
                throw KeyFileException.of(file, "exists; keys are never overwritten");
            }
        }
        Files.createDirectories(outDir);
        SecureRandom random = new SecureRandom();
        ObjectNode root = JSON.createObjectNode();
        ArrayNode publicPartners = root.putArray("partners");
        for (String partner : partners) {
            PartnerKeys keys = PartnerKeys.generate(partner, random);
            keys.write(partnerFile(outDir, partner));
            OprfSeedFile.create(seedFile(outDir, partner), StoredSeed.generate(partner, random));
            publicPartners.addObject().put("name", partner).put("address", keys.address().hex());
        }
        ArrayNode publicNodes = root.putArray("nodes");
        for (String node : nodes) {
            NodeKeys keys = NodeKeys.generate(node, random);
            keys.write(nodeFile(outDir, node));
            publicNodes
                    .addObject()
                    .put("name", node)
                    .put("address", keys.address().hex())
                    .put("hpkePublicKey", keys.hpkePublicKey().toHex());
        }
        ArrayNode publicAuditors = root.putArray("auditors");
        for (String auditor : auditors) {
            AuditorKeys keys = AuditorKeys.generate(auditor);
            keys.write(auditorFile(outDir, auditor));
            publicAuditors
                    .addObject()
                    .put("name", auditor)
                    .put("hpkePublicKey", keys.hpkePublicKey().toHex());
        }
        try {
            Files.write(
                    participants,
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root),
                    StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw KeyFileException.of(participants, "exists; keys are never overwritten");
        }
    }

    /** The chain key of a file that has been read. */
    static ChainKey chainKey(Path file, SecretBytes secret) throws KeyFileException {
        try {
            return ChainKey.of(secret);
        } catch (IllegalArgumentException e) {
            throw KeyFileException.of(file, "chainKey must be in [1, n)");
        }
    }

    private static void requireNames(List<String> names) {
        names.forEach(SecretJson::requireName);
        if (new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("names must be distinct, got " + names);
        }
    }
}
