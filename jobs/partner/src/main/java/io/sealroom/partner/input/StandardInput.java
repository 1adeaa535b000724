package io.sealroom.partner.input;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.channels.Channels;

/**
 * Standard input that an interrupt ends: {@code System.in} would hold a thread, and so the process,
 * until somebody writes there.
 */
public final class StandardInput {

    private StandardInput() {}

    /** To be opened once. */
    public static InputStream open() {
        return Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel());
    }
}
