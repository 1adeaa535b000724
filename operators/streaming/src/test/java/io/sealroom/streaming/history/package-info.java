/**
 * The stages of the computation wired as the job wires them, without a cluster around them: random
 * rooms, random logs, random order, random deaths.
 *
 * <pre>
 *   History ------- what stands in the partners' topics, honest and hostile
 *   Cluster ------- source and stage subtasks with the channels between them; barriers, snapshots
 *   HistoryRun ---- drives clusters over one history: order, checkpoints, kills, rescales
 *   Outcome ------- what came out, and whether a repeat was the same
 * </pre>
 */
@NullMarked
package io.sealroom.streaming.history;

import org.jspecify.annotations.NullMarked;
