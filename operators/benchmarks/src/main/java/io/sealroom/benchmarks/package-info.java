/** What the blinding protocol costs, measured beside its peers. */
@NullMarked
package io.sealroom.benchmarks;

import org.jspecify.annotations.NullMarked;
