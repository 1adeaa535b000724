package io.sealroom.contracts;

/** What a publish does, or would do now, for one release: IRoom.Outcome, in its order. */
enum ReleaseResult {
    PUBLISHED,
    ALREADY_PUBLISHED,
    CONFLICT,
    WITHHELD
}
