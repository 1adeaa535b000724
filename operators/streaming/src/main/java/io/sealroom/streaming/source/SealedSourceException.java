package io.sealroom.streaming.source;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * The job, its savepoint or the topic contradicts the policy: restarting cannot help, so the job
 * fails for good.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class SealedSourceException extends FlinkRuntimeException {

    private static final long serialVersionUID = 1;

    SealedSourceException(String message) {
        super(message);
    }
}
