package io.sealroom.streaming.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** What a logger writes while this is open: level and message. */
public final class LogLines implements AutoCloseable {

    private final Logger logger;
    private final Lines lines = new Lines();

    private LogLines(Logger logger) {
        this.logger = logger;
    }

    public static LogLines of(String name) {
        LogLines listening = new LogLines((Logger) LogManager.getLogger(name));
        listening.lines.start();
        listening.logger.addAppender(listening.lines);
        // The configuration that Flink's test jars bring along switches logging off. Set in the
        // configuration: the logger's own level is lost when another logger is listened to.
        Configurator.setLevel(name, Level.INFO);
        return listening;
    }

    public List<String> written() {
        return lines.written;
    }

    @Override
    public void close() {
        logger.removeAppender(lines);
    }

    private static final class Lines extends AbstractAppender {

        private final List<String> written = new CopyOnWriteArrayList<>();

        private Lines() {
            super("lines", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            written.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
        }
    }
}
