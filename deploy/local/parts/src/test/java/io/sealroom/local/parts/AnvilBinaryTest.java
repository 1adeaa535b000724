package io.sealroom.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnvilBinaryTest {

    private final Path root;
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    AnvilBinaryTest(@TempDir Path root) {
        this.root = root;
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,amd64,anvil-linux-amd64",
        "Linux,aarch64,anvil-linux-arm64",
        "Mac OS X,aarch64,anvil-darwin-arm64",
        "Mac OS X,x86_64,anvil-darwin-amd64"
    })
    void find_fromDirectoryBelowCheckout_walksUp(String system, String machine, String packageName)
            throws IOException {
        Path binary = binary(packageName);
        runOn(system, machine, Files.createDirectories(root.resolve("jobs/pipeline")));

        assertThat(find()).isEqualTo(binary);
    }

    @Test
    void find_homeNamed_looksThereAndPropertyWins() throws IOException {
        Path binary = binary("anvil-linux-amd64");
        runOn("Linux", "amd64", Path.of("/"));
        environment.put("SEALROOM_HOME", root.toString());
        assertThat(find()).isEqualTo(binary);

        properties.put("sealroom.home", root.resolve("elsewhere").toString());
        assertThatThrownBy(this::find).hasMessageContaining("elsewhere");
    }

    @Test
    void find_fileNamed_isTakenAsIs() throws IOException {
        Path own = executable(root.resolve("own-anvil"));
        properties.put("sealroom.anvil", own.toString());

        assertThat(find()).isEqualTo(own);
    }

    @Test
    void find_fileNamedButMissing_saysWhichPropertyNamedIt() {
        properties.put("sealroom.anvil", root.resolve("gone").toString());

        assertThatThrownBy(this::find)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gone is missing")
                .hasMessageContaining("sealroom.anvil");
    }

    @Test
    void find_contractsNotBuilt_saysToBuildThemFirst() throws IOException {
        runOn("Linux", "amd64", root);
        Files.createDirectories(root.resolve("contracts/solidity"));

        assertThatThrownBy(this::find)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("anvil is missing")
                .hasMessageContaining("build the contracts first");
    }

    @Test
    void find_outsideAnyCheckout_saysHowToNameIt() {
        runOn("Linux", "amd64", root);

        assertThatThrownBy(this::find)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(root.toString())
                .hasMessageContaining("SEALROOM_HOME");
    }

    @ParameterizedTest
    @CsvSource({"Windows 11,amd64,windows 11", "Linux,riscv64,riscv64"})
    void find_machineWithoutPackage_isRefusedByName(String system, String machine, String named)
            throws IOException {
        runOn(system, machine, root);
        Files.createDirectories(root.resolve("contracts/solidity"));

        assertThatThrownBy(this::find)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no anvil for " + named);
    }

    private Path find() throws IOException {
        return new AnvilBinary(properties::get, environment::get).find();
    }

    private void runOn(String system, String machine, Path workingDirectory) {
        properties.put("os.name", system);
        properties.put("os.arch", machine);
        properties.put("user.dir", workingDirectory.toString());
    }

    private Path binary(String packageName) throws IOException {
        return executable(
                root.resolve("contracts/solidity/node_modules/@foundry-rs")
                        .resolve(packageName)
                        .resolve("bin/anvil"));
    }

    private static Path executable(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
