/**
 * {@code sealroom report}: a file of releases as one page for people.
 *
 * <p>The page is one HTML file that loads nothing and runs no script: charts are SVG that is drawn
 * here, so it can be mailed, kept and printed. Without {@code --rpc} the same file gives the same
 * bytes; with it, charges are as of the block that the page names. No time of generation is in it.
 * Of a release that does not verify the page shows that and why, but no number.
 *
 * <p>Everything is held in memory, the page too: some thousand releases, not millions.
 */
@NullMarked
package io.sealroom.cli.report;

import org.jspecify.annotations.NullMarked;
