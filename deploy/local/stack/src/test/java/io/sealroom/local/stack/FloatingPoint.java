package io.sealroom.local.stack;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.shaded.asm9.org.objectweb.asm.ClassReader;
import org.apache.flink.shaded.asm9.org.objectweb.asm.ClassVisitor;
import org.apache.flink.shaded.asm9.org.objectweb.asm.FieldVisitor;
import org.apache.flink.shaded.asm9.org.objectweb.asm.Handle;
import org.apache.flink.shaded.asm9.org.objectweb.asm.MethodVisitor;
import org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes;
import org.apache.flink.shaded.asm9.org.objectweb.asm.Type;

/**
 * Finds floating point in a class: fields, parameters, results, and every instruction that makes,
 * moves or calls for a double or a float. Whatever becomes one, be it by a division of boxed
 * numbers or by {@code BigInteger.doubleValue}, passes through such an instruction.
 */
final class FloatingPoint extends ClassVisitor {

    private static final Set<Integer> OPCODES =
            Set.of(
                    Opcodes.FCONST_0,
                    Opcodes.FCONST_1,
                    Opcodes.FCONST_2,
                    Opcodes.DCONST_0,
                    Opcodes.DCONST_1,
                    Opcodes.FLOAD,
                    Opcodes.DLOAD,
                    Opcodes.FALOAD,
                    Opcodes.DALOAD,
                    Opcodes.FSTORE,
                    Opcodes.DSTORE,
                    Opcodes.FASTORE,
                    Opcodes.DASTORE,
                    Opcodes.FADD,
                    Opcodes.DADD,
                    Opcodes.FSUB,
                    Opcodes.DSUB,
                    Opcodes.FMUL,
                    Opcodes.DMUL,
                    Opcodes.FDIV,
                    Opcodes.DDIV,
                    Opcodes.FREM,
                    Opcodes.DREM,
                    Opcodes.FNEG,
                    Opcodes.DNEG,
                    Opcodes.I2F,
                    Opcodes.I2D,
                    Opcodes.L2F,
                    Opcodes.L2D,
                    Opcodes.F2I,
                    Opcodes.F2L,
                    Opcodes.F2D,
                    Opcodes.D2I,
                    Opcodes.D2L,
                    Opcodes.D2F,
                    Opcodes.FCMPL,
                    Opcodes.FCMPG,
                    Opcodes.DCMPL,
                    Opcodes.DCMPG,
                    Opcodes.FRETURN,
                    Opcodes.DRETURN);

    private final Set<String> places = new TreeSet<>();
    private final String owner;

    private FloatingPoint(String owner) {
        super(Opcodes.ASM9);
        this.owner = owner;
    }

    /** Where, as {@code Class.member: what}; nowhere in a class that has none. */
    static Set<String> in(JavaClass type) throws IOException {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream bytes = FloatingPoint.class.getResourceAsStream(file)) {
            if (bytes == null) {
                throw new IOException("no class file of " + type.getName());
            }
            FloatingPoint search = new FloatingPoint(type.getSimpleName());
            new ClassReader(bytes).accept(search, ClassReader.SKIP_DEBUG);
            return search.places;
        }
    }

    private static boolean isFloating(Type type) {
        return switch (type.getSort()) {
            case Type.DOUBLE, Type.FLOAT -> true;
            case Type.ARRAY -> isFloating(type.getElementType());
            case Type.METHOD -> {
                boolean any = isFloating(type.getReturnType());
                for (Type argument : type.getArgumentTypes()) {
                    any |= isFloating(argument);
                }
                yield any;
            }
            default -> false;
        };
    }

    private void check(String member, String descriptor, String what) {
        if (isFloating(Type.getType(descriptor))) {
            places.add(owner + "." + member + ": " + what);
        }
    }

    @Override
    public FieldVisitor visitField(
            int access, String name, String descriptor, String signature, Object value) {
        check(name, descriptor, "field");
        return super.visitField(access, name, descriptor, signature, value);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        check(name, descriptor, "signature");
        return new Instructions(name);
    }

    private final class Instructions extends MethodVisitor {

        private final String member;

        private Instructions(String member) {
            super(Opcodes.ASM9);
            this.member = member;
        }

        private void check(int opcode) {
            if (OPCODES.contains(opcode)) {
                places.add(owner + "." + member + ": opcode " + opcode);
            }
        }

        @Override
        public void visitInsn(int opcode) {
            check(opcode);
        }

        @Override
        public void visitVarInsn(int opcode, int variable) {
            check(opcode);
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            if (opcode == Opcodes.NEWARRAY
                    && (operand == Opcodes.T_DOUBLE || operand == Opcodes.T_FLOAT)) {
                places.add(owner + "." + member + ": array");
            }
        }

        @Override
        public void visitLdcInsn(Object constant) {
            if (constant instanceof Double || constant instanceof Float) {
                places.add(owner + "." + member + ": constant");
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String of, String name, String descriptor) {
            FloatingPoint.this.check(member, descriptor, of + "." + name);
        }

        @Override
        public void visitMethodInsn(
                int opcode, String of, String name, String descriptor, boolean ofInterface) {
            FloatingPoint.this.check(member, descriptor, of + "." + name);
        }

        @Override
        public void visitInvokeDynamicInsn(
                String name, String descriptor, Handle bootstrap, Object... arguments) {
            FloatingPoint.this.check(member, descriptor, name);
            for (Object argument : arguments) {
                if (argument instanceof Handle target) {
                    FloatingPoint.this.check(member, target.getDesc(), target.getName());
                }
            }
        }
    }
}
