package io.sealroom.schemas.policy;

/** How a conversion's credit is shared among its touches. */
public enum AttributionModel {
    LAST_TOUCH
}
