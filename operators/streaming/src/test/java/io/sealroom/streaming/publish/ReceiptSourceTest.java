package io.sealroom.streaming.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealroom.contracts.Account;
import io.sealroom.contracts.InMemoryRoom;
import io.sealroom.contracts.RoomLocation;
import io.sealroom.contracts.WrongChainException;
import io.sealroom.local.parts.Await;
import io.sealroom.schemas.hash.Bytes32;
import io.sealroom.schemas.release.PendingRelease;
import io.sealroom.streaming.testing.LogLines;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiptSourceTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final PollOptions FAST = new PollOptions(5, 5, 20, 2);

    private final InMemoryRoom room = TestRoom.deploy();
    private final ReceiptList output = new ReceiptList();
    private final AtomicInteger opened = new AtomicInteger();
    private final SourceReaderContextStub context = new SourceReaderContextStub();
    private SourceReader<ReceiptRecord, BlockSplit> reader = reader(() -> room, 0);

    @AfterEach
    void close() throws Exception {
        reader.close();
    }

    @Test
    void publishedInFinalBlock_emitted() throws Exception {
        PendingRelease release = TestRoom.release(1);
        publish(release);
        room.mine(1);
        awaitReceipts(1);
        ReceiptRecord receipt = output.receipts.get(0);
        assertThat(receipt.kind()).isEqualTo(ReceiptKind.PUBLISHED);
        assertThat(receipt.key()).isEqualTo(TestRoom.checked(release).key());
        assertThat(receipt.end()).isEqualTo(2 * TestRoom.HOUR);
        assertThat(receipt.releaseHash()).isEqualTo(release.releaseHash());
        assertThat(receipt.offered()).isEqualTo(Bytes32.ZERO);
        assertThat(receipt.blockNumber()).isEqualTo(room.headBlock() - 1);
    }

    @Test
    void publishedInBlockThatIsNotFinal_waits() throws Exception {
        publish(TestRoom.release(1));
        publish(TestRoom.release(2));
        awaitCursor(room.headBlock());
        assertThat(output.receipts)
                .extracting(ReceiptRecord::releaseHash)
                .containsExactly(TestRoom.release(1).releaseHash());
        room.mine(1);
        awaitReceipts(2);
    }

    @Test
    void conflicts_emittedWithWhatStands() throws Exception {
        publish(TestRoom.release(1));
        publish(TestRoom.otherRelease(1));
        publish(TestRoom.release(2));
        publish(TestRoom.releaseOfOtherTotals(2));
        room.mine(1);
        awaitReceipts(4);
        assertThat(output.receipts)
                .extracting(ReceiptRecord::kind)
                .containsExactly(
                        ReceiptKind.PUBLISHED,
                        ReceiptKind.CONFLICT,
                        ReceiptKind.PUBLISHED,
                        ReceiptKind.CONFLICT);
        ReceiptRecord conflict = output.receipts.get(1);
        assertThat(conflict.releaseHash()).isEqualTo(TestRoom.release(1).releaseHash());
        assertThat(conflict.offered()).isEqualTo(TestRoom.otherRelease(1).releaseHash());
    }

    @Test
    void restored_goesOnAtTheCursor() throws Exception {
        publish(TestRoom.release(1));
        room.mine(1);
        awaitReceipts(1);
        List<BlockSplit> state = reader.snapshotState(1);
        reader.close();
        publish(TestRoom.release(2));
        room.mine(1);
        BlockSplitSerializer serializer = new BlockSplitSerializer();
        BlockSplit restored =
                serializer.deserialize(serializer.getVersion(), serializer.serialize(state.get(0)));
        reader = reader(() -> room, restored.nextBlock());
        awaitReceipts(2);
        assertThat(output.receipts)
                .extracting(ReceiptRecord::releaseHash)
                .containsExactly(
                        TestRoom.release(1).releaseHash(), TestRoom.release(2).releaseHash());
    }

    @Test
    void endpointAway_nothingFailsAndItGoesOnAfter() throws Exception {
        reader.close();
        publish(TestRoom.release(1));
        room.mine(1);
        room.setAway(true);
        reader =
                reader(
                        () -> {
                            opened.incrementAndGet();
                            return room;
                        },
                        0);
        Await.until(
                "the first question",
                DEADLINE,
                () -> {
                    poll();
                    return opened.get() > 0;
                });
        assertThat(output.receipts).isEmpty();
        room.setAway(false);
        awaitReceipts(1);
        assertThat(opened).hasValue(1);
    }

    @Test
    void connectionThatCannotBeOpened_openedAgain() throws Exception {
        reader.close();
        reader =
                reader(
                        () -> {
                            if (opened.incrementAndGet() < 3) {
                                throw new IOException("no key file yet");
                            }
                            return room;
                        },
                        0);
        publish(TestRoom.release(1));
        room.mine(1);
        awaitReceipts(1);
        assertThat(opened).hasValue(3);
        assertThat(context.count("endpointFailures")).isEqualTo(2);
    }

    @Test
    void eventsThatCannotBeRead_alarmAndAskedForAgain() throws Exception {
        reader.close();
        TestingRoom unread = new TestingRoom();
        unread.finalBlock = 1;
        unread.unreadable.set(2);
        try (LogLines lines = LogLines.of("io.sealroom.publish")) {
            reader = reader(() -> unread, 0);
            awaitCursor(2);
            assertThat(lines.written())
                    .filteredOn(line -> line.startsWith("ERROR The events of blocks 0 to 1 cannot"))
                    .hasSize(2);
            assertThat(context.count("blocksUnreadable")).isEqualTo(2);
        }
    }

    @Test
    void wrongChain_failsForGood() throws Exception {
        reader.close();
        RoomLocation expected =
                new RoomLocation(
                        TestRoom.CHAIN_ID + 1,
                        new Account(TestRoom.IDENTITY.contract().hex()),
                        TestRoom.configuration().policyHash());
        InMemoryRoom wrong =
                InMemoryRoom.deploy(expected, TestRoom.CHAIN_ID, TestRoom.configuration());
        reader = reader(() -> wrong, 0);
        assertThatThrownBy(() -> awaitReceipts(1))
                .satisfies(
                        thrown -> {
                            assertThat(
                                            ExceptionUtils.findThrowable(
                                                    thrown, SuppressRestartsException.class))
                                    .isPresent();
                            assertThat(
                                            ExceptionUtils.findThrowable(
                                                    thrown, WrongChainException.class))
                                    .isPresent();
                        });
    }

    @Test
    void cursorOfAnotherVersion_refused() {
        assertThatThrownBy(() -> new BlockSplitSerializer().deserialize(2, new byte[8]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2");
        assertThatThrownBy(() -> new BlockSplitSerializer().deserialize(1, new byte[7]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("7 bytes");
    }

    @Test
    void defaults_areThese() {
        assertThat(PollOptions.defaults()).isEqualTo(new PollOptions(1_000, 1_000, 60_000, 2_000));
    }

    @Test
    void optionsOutOfRange_refused() {
        assertThatThrownBy(() -> new PollOptions(0, 1, 1, 1)).hasMessageContaining("pollMillis");
        assertThatThrownBy(() -> new PollOptions(1, 0, 1, 1)).hasMessageContaining("firstRetry");
        assertThatThrownBy(() -> new PollOptions(1, 2, 1, 1)).hasMessageContaining("maxRetry");
        assertThatThrownBy(() -> new PollOptions(1, 1, 1, 0)).hasMessageContaining("blocksMax");
    }

    private SourceReader<ReceiptRecord, BlockSplit> reader(
            RoomContractFactory factory, long nextBlock) {
        SourceReader<ReceiptRecord, BlockSplit> reader = new ReceiptReader(factory, FAST, context);
        reader.start();
        reader.addSplits(List.of(new BlockSplit(nextBlock)));
        return reader;
    }

    private void publish(PendingRelease release) {
        room.publish(Offers.of(TestRoom.offer(release), room.location()));
    }

    private void awaitReceipts(int count) {
        Await.until(
                count + " receipts",
                DEADLINE,
                () -> {
                    poll();
                    return output.receipts.size() >= count;
                });
    }

    private void awaitCursor(long nextBlock) {
        Await.until(
                "block " + nextBlock,
                DEADLINE,
                () -> {
                    poll();
                    return reader.snapshotState(1).get(0).nextBlock() == nextBlock;
                });
    }

    private void poll() {
        try {
            reader.pollNext(output);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
