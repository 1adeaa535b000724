package io.sealroom.partner;

import io.sealroom.partner.csv.CsvInput;
import io.sealroom.partner.csv.RejectsFile;
import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.room.Membership;
import io.sealroom.partner.seal.SealSteps;
import io.sealroom.partner.seal.SealStore;
import io.sealroom.partner.tokens.TokenSource;
import io.sealroom.partner.topic.EventsTopic;
import io.sealroom.partner.topic.KafkaClients;
import io.sealroom.privacy.identifier.EventIdKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agent's own work: its file, from the first line to the seal of the room's last slice. */
final class OwnFile implements AutoCloseable {

    private final Membership member;
    private final CsvInput input;
    private final RejectsFile rejects;

    private OwnFile(Membership member, CsvInput input, RejectsFile rejects) {
        this.member = member;
        this.input = input;
        this.rejects = rejects;
    }

    /**
     * Looks at the input's beginning and begins the rejects anew.
     *
     * @throws AgentException if the input cannot be read, or rejects cannot be written
     */
    static OwnFile open(Membership member, Path inputFile, Path rejectsFile) throws AgentException {
        CsvInput input =
                new CsvInput(inputFile, member.policy(), new EventIdKey(member.keys().eventKey()));
        input.requireUsable();
        try {
            return new OwnFile(member, input, RejectsFile.create(rejectsFile));
        } catch (IOException e) {
            throw rejectsFailed(e);
        }
    }

    /**
     * Reads, tokenises, sends and seals everything that an earlier run has not.
     *
     * @param state directory of this partner in this room
     * @param finished runs when everything is sealed, before the observer hears of it
     */
    void process(
            KafkaClients clients,
            TokenSource tokenSource,
            Path state,
            Clock wallClock,
            RunObserver observer,
            Runnable finished)
            throws AgentException, InterruptedException {
        SealClock clock = new SealClock(member.policy(), wallClock);
        EventFile file = new EventFile(member.policy(), new SealSteps(member.policy()));
        try (EventsTopic topic = EventsTopic.open(member, clients)) {
            input.read(file::add, rejects);
            List<PartitionState> states = PartitionState.of(topic.replays());
            StepSealing sealing =
                    new StepSealing(member, new SealStore(state), topic, states, observer);
            sealing.resume();
            EpochTokens tokens =
                    new EpochTokens(
                            file.identifiers(SealingRun.sealedUntil(states)),
                            tokenSource,
                            clock,
                            observer);
            SealingRun run =
                    new SealingRun(
                            member, file, tokens, topic, sealing, states, rejects, clock, observer);
            run.run();
            rejects.flush();
            finished.run();
            run.report();
        } catch (IOException e) {
            throw rejectsFailed(e);
        } catch (UncheckedIOException e) {
            throw rejectsFailed(e.getCause());
        }
    }

    private static AgentException rejectsFailed(@Nullable IOException e) {
        return AgentException.badInput("rejects cannot be written: %s", e);
    }

    @Override
    public void close() throws AgentException {
        try {
            rejects.close();
        } catch (IOException e) {
            throw rejectsFailed(e);
        }
    }
}
