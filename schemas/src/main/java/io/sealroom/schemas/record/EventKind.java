package io.sealroom.schemas.record;

/** What happened. The order is that of the Avro enum. */
public enum EventKind {
    VIEW,
    CLICK,
    CONVERSION;

    /** A view or a click. */
    public boolean isExposure() {
        return this != CONVERSION;
    }
}
