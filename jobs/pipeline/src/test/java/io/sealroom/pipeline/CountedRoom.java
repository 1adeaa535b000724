package io.sealroom.pipeline;

import io.sealroom.contracts.RoomContract;
import io.sealroom.contracts.Submission;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** A contract that counts the transactions that are sent to it. */
final class CountedRoom {

    private CountedRoom() {}

    static RoomContract of(RoomContract room, AtomicInteger sent) {
        return (RoomContract)
                Proxy.newProxyInstance(
                        CountedRoom.class.getClassLoader(),
                        new Class<?>[] {RoomContract.class},
                        (proxy, method, arguments) -> {
                            try {
                                Object answer = method.invoke(room, arguments);
                                if (answer instanceof Submission.Sent) {
                                    sent.incrementAndGet();
                                }
                                return answer;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
