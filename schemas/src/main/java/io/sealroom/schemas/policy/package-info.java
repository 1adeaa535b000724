/** The policy the partners agree on: parsing, rules, canonical JSON and hash. */
@NullMarked
package io.sealroom.schemas.policy;

import org.jspecify.annotations.NullMarked;
