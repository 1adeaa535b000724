/**
 * What the blinding protocol costs, measured beside its peers; what twenty queries cost, beside
 * one.
 */
@NullMarked
package io.sealroom.benchmarks;

import org.jspecify.annotations.NullMarked;
