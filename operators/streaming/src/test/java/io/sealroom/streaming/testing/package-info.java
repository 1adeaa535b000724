/**
 * Scripted partners for tests of any stage: a small room with keys that everybody may know, and
 * partners that write valid events and seals for it. Published as this module's test jar.
 */
@NullMarked
package io.sealroom.streaming.testing;

import org.jspecify.annotations.NullMarked;
