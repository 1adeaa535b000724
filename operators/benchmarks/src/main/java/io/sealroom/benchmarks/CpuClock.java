package io.sealroom.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * CPU time: on a machine that others use too it says more than the time on the wall. The thread's
 * counts nanoseconds, the process's hundredths of a second, but collector and compiler too.
 */
final class CpuClock {

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CpuClock() {}

    /** Microseconds of this thread. */
    static double threadMicros() {
        return THREADS.getCurrentThreadCpuTime() / 1e3;
    }

    /** Microseconds of the process. */
    static double processMicros() {
        return PROCESS.getProcessCpuTime() / 1e3;
    }
}
