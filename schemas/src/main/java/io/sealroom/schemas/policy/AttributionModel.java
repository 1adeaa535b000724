package io.sealroom.schemas.policy;

/** How a conversion's credit is shared among its touches (DESIGN 6). */
public enum AttributionModel {
    LAST_TOUCH,
    FIRST_TOUCH,
    LINEAR,
    POSITION,
    TIME_DECAY
}
