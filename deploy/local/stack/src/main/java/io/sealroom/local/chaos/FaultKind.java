package io.sealroom.local.chaos;

/** What is done to a part of the system. */
enum FaultKind {
    /** SIGKILL, and a new process after a while. */
    KILL,
    /** SIGSTOP, and SIGCONT after a while: a part that is there and does not answer. */
    STOP,
    /** The computation is cancelled with a savepoint and goes on at another parallelism. */
    RESCALE
}
