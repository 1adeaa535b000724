package io.sealroom.privacy.oprf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;

/** The walls of the package: what its classes offer and what they call. */
class OprfPackageTest {

    /**
     * A nonce, a blind or a generator chosen by a caller is one that may come twice, and a nonce
     * that comes twice gives the key away.
     */
    @Test
    void publicMembers_ofThePackage_neitherTakeChanceNorGiveScalars() throws Exception {
        List<Executable> members = publicMembers();

        assertThat(members).hasSizeGreaterThan(50);
        for (Executable member : members) {
            assertThat(member.getParameterTypes())
                    .describedAs("parameters of %s", member)
                    .noneMatch(Random.class::isAssignableFrom)
                    .doesNotContain(SecretScalar.class, ECPoint.class);
            if (member instanceof Method method) {
                assertThat(method.getReturnType())
                        .describedAs("result of %s", method)
                        .isNotIn(SecretScalar.class, byte[].class);
            }
        }
    }

    /** The time of {@code ECPoint.multiply} follows the digits of the scalar. */
    @Test
    void classes_ofThePackage_neverCallTheVariableTimeProduct() throws Exception {
        // How a class file names it: no other method of the library has this signature.
        String signature = "(Ljava/math/BigInteger;)Lorg/bouncycastle/math/ec/ECPoint;";
        List<Path> files = classFiles(Element.class);

        assertThat(files).hasSizeGreaterThan(30).noneMatch(file -> contains(file, signature));
        // Its products meant for secrets branch on the carries of coordinates.
        assertThat(files)
                .noneMatch(
                        file ->
                                contains(
                                        file,
                                        "(Lorg/bouncycastle/math/ec/ECPoint;"
                                                + signature.substring(1)));
        // The test itself may: this is what the search would find.
        assertThat(P256.GENERATOR.multiply(P256.ORDER).isInfinity()).isTrue();
        assertThat(classFiles(OprfPackageTest.class)).anyMatch(file -> contains(file, signature));
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Executable> publicMembers() throws Exception {
        List<Executable> members = new ArrayList<>();
        for (Path file : classFiles(Element.class)) {
            String name = file.getFileName().toString().replace(".class", "");
            Class<?> type = Class.forName(Element.class.getPackageName() + "." + name);
            if (Modifier.isPublic(type.getModifiers())) {
                Constructor<?>[] constructors = type.getConstructors();
                members.addAll(Arrays.asList(constructors));
                Stream.of(type.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .forEach(members::add);
            }
        }
        return members;
    }

    /** The class files of the package, main or test, that the given class was loaded from. */
    private static List<Path> classFiles(Class<?> one) throws Exception {
        Path root = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path directory = root.resolve(one.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("package-info.class"))
                    .toList();
        }
    }
}
