package io.sealroom.partner.tokenise;

import io.sealroom.partner.exit.AgentException;
import io.sealroom.partner.tokens.CachedTokens;
import io.sealroom.partner.tokens.TokenCache;
import io.sealroom.partner.tokens.TokenSource;
import io.sealroom.privacy.identifier.NormalisedIdentifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Fills the cache with the tokens of a base for one epoch. Asks in whole groups and keeps each
 * before it reads on: killed and started again it goes on where the cache ends, and pays for one
 * group twice at most.
 */
public final class BulkTokeniser {

    /** Lines that are looked up in the cache at once. */
    private static final int LOOK_UP_SIZE = 1024;

    private final CachedTokens source;
    private final TokenCache cache;
    private final int groupSize;
    private final LongSupplier nanoTime;

    /**
     * @param source asked for what the cache has not
     * @param cache should keep over restarts, or nothing is gained by one
     */
    public BulkTokeniser(TokenSource source, TokenCache cache) {
        this(source, cache, CachedTokens.GROUP_SIZE, System::nanoTime);
    }

    BulkTokeniser(TokenSource source, TokenCache cache, int groupSize, LongSupplier nanoTime) {
        this.source = new CachedTokens(cache, source);
        this.cache = cache;
        this.groupSize = groupSize;
        this.nanoTime = nanoTime;
    }

    /**
     * @param progress is told after every group
     * @throws AgentException if the base cannot be read, the rejects or the cache cannot be
     *     written, or a partner refuses
     */
    public BulkResult tokenise(
            long epoch, BaseFile base, BaseRejects rejects, Consumer<BulkProgress> progress)
            throws AgentException, InterruptedException {
        Run run = new Run(epoch, base.count(), progress);
        try (BaseRecords records = base.open()) {
            for (BaseRecord record = records.next(); record != null; record = records.next()) {
                if (record instanceof BaseRecord.Bad bad) {
                    reject(rejects, bad);
                    run.rejected++;
                } else if (record instanceof BaseRecord.Good good) {
                    run.add(good.identifier());
                }
            }
        } catch (IOException e) {
            throw base.unreadable(e);
        }
        return run.finish();
    }

    private static void reject(BaseRejects rejects, BaseRecord.Bad bad) throws AgentException {
        try {
            rejects.add(bad);
        } catch (IOException e) {
            throw AgentException.badInput("rejects cannot be written: %s", e);
        }
    }

    /** One pass over a base. */
    private final class Run {

        private final long epoch;
        private final long total;
        private final Consumer<BulkProgress> progress;
        private final List<NormalisedIdentifier> unseen = new ArrayList<>(LOOK_UP_SIZE);
        private final Set<NormalisedIdentifier> group = new LinkedHashSet<>();
        private long asked;
        private long known;
        private long rejected;
        private long reported;
        private long groupBegan = nanoTime.getAsLong();

        Run(long epoch, long total, Consumer<BulkProgress> progress) {
            this.epoch = epoch;
            this.total = total;
            this.progress = progress;
        }

        void add(NormalisedIdentifier identifier) throws AgentException, InterruptedException {
            unseen.add(identifier);
            if (unseen.size() == LOOK_UP_SIZE) {
                lookUp();
            }
        }

        /** Only what is missing fills a group: a base that is half known asks in whole ones too. */
        private void lookUp() throws AgentException, InterruptedException {
            Set<NormalisedIdentifier> cached = cache.findAll(epoch, unseen).keySet();
            for (NormalisedIdentifier identifier : unseen) {
                if (cached.contains(identifier) || !group.add(identifier)) {
                    known++;
                }
            }
            unseen.clear();
            while (group.size() >= groupSize) {
                ask();
            }
        }

        private void ask() throws AgentException, InterruptedException {
            List<NormalisedIdentifier> wanted = group.stream().limit(groupSize).toList();
            int tokens = source.ask(epoch, wanted, count -> {}).size();
            if (tokens != wanted.size()) {
                throw new IllegalStateException(
                        "tokens must be as many as identifiers, expected "
                                + wanted.size()
                                + ", got "
                                + tokens);
            }
            wanted.forEach(group::remove);
            asked += tokens;
            report();
        }

        private void report() {
            long now = nanoTime.getAsLong();
            long done = asked + known + rejected;
            progress.accept(BulkProgress.of(done, total, done - reported, now - groupBegan));
            reported = done;
            groupBegan = now;
        }

        BulkResult finish() throws AgentException, InterruptedException {
            lookUp();
            if (!group.isEmpty()) {
                ask();
            } else if (reported != asked + known + rejected) {
                report();
            }
            return new BulkResult(asked, known, rejected);
        }
    }
}
