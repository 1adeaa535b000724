package io.sealroom.streaming.publish;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** A task's mailbox; the test thread is the task thread. */
final class TestMailbox implements MailboxExecutor {

    private final LinkedBlockingQueue<ThrowingRunnable<? extends Exception>> mails =
            new LinkedBlockingQueue<>();
    private volatile boolean closed;

    @Override
    public void execute(
            MailOptions options,
            ThrowingRunnable<? extends Exception> command,
            String description,
            Object... arguments) {
        if (closed) {
            throw new RejectedExecutionException("the task has ended");
        }
        mails.add(command);
    }

    @Override
    public void yield() throws InterruptedException {
        run(mails.take());
    }

    @Override
    public boolean tryYield() {
        ThrowingRunnable<? extends Exception> mail = mails.poll();
        run(mail);
        return mail != null;
    }

    @Override
    public boolean shouldInterrupt() {
        return !mails.isEmpty();
    }

    void close() {
        closed = true;
    }

    private static void run(@Nullable ThrowingRunnable<? extends Exception> mail) {
        try {
            if (mail != null) {
                mail.run();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new FlinkRuntimeException(e);
        }
    }
}
