package io.sealroom.cli;

import io.sealroom.contracts.Word;
import picocli.CommandLine;

/** Reads a hash from the command line. */
public final class WordConverter implements CommandLine.ITypeConverter<Word> {

    @Override
    public Word convert(String text) {
        try {
            return Word.fromHex(text);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.TypeConversionException("must be 0x and 64 hex digits");
        }
    }
}
