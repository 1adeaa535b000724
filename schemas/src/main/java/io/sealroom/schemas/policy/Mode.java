package io.sealroom.schemas.policy;

/** When agents seal: at the wall clock's slice end, or a whole file at once. */
public enum Mode {
    LIVE,
    FILE
}
