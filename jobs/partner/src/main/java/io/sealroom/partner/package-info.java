/**
 * The partner agent: a process of its own beside a partner's data. It turns a file of events into
 * blinded events and seals on the partner's topic, and answers the other partners' OPRF requests.
 * Nothing leaves it but blinded elements, evaluations, tokens under event ids of its own making,
 * and seals.
 */
@NullMarked
package io.sealroom.partner;

import org.jspecify.annotations.NullMarked;
