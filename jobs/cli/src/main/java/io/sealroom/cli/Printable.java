package io.sealroom.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a command found or did: the same for people and for programs. */
public interface Printable {

    /** For people. */
    List<String> lines();

    /** For programs: one object. */
    ObjectNode json();
}
