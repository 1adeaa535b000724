/**
 * What people are shown beside numbers that are exact: margins and views of a loss.
 *
 * <p>The one package of this module with floating point. Nothing that it returns is hashed,
 * charged, compared with a threshold or used to sample, and nothing between an event and its hash
 * uses it.
 */
@NullMarked
package io.sealroom.privacy.view;

import org.jspecify.annotations.NullMarked;
