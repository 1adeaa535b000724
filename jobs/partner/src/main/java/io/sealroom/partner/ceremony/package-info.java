/**
 * The key ceremony on chain, as a partner sees it: what a policy's Room must be, whose keys are
 * missing, and whether those that are there are what the partners bound themselves to. Nothing is
 * evaluated before {@link io.sealroom.partner.ceremony.Ceremony} says that it is complete.
 *
 * <p>What a lying endpoint can do: hold the agent up, for ever; close the room early, or hide that
 * a partner has closed it; say that the ceremony is complete before it is, with keys of its own
 * invention, so that requests are answered too early, within the quota. It cannot exchange this
 * partner's own key or make keys cancel; and a key of another partner that it invents, with a proof
 * or with the claim that the proof stands nowhere, is no use to it: replies are verified against
 * the key, which the partner's true ones fail and nobody's pass without its secret. A room file
 * with keys catches it before.
 */
@NullMarked
package io.sealroom.partner.ceremony;

import org.jspecify.annotations.NullMarked;
