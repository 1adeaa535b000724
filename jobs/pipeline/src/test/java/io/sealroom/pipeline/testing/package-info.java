/**
 * What a release must say, for tests that run the jobs against any source of events. Published as
 * this module's test jar.
 */
@NullMarked
package io.sealroom.pipeline.testing;

import org.jspecify.annotations.NullMarked;
