package io.sealroom.cli;

import io.sealroom.contracts.Account;
import picocli.CommandLine;

/** Reads the address of a contract from the command line. */
public final class AccountConverter implements CommandLine.ITypeConverter<Account> {

    @Override
    public Account convert(String text) {
        try {
            return new Account(text);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.TypeConversionException("must be 0x and 40 hex digits");
        }
    }
}
