package io.sealroom.schemas.record;

/**
 * Kind of identifier under a token; one kind never meets another. The order is that of the Avro
 * enum.
 */
public enum IdentifierKind {
    EMAIL,
    PHONE
}
