package io.sealroom.cli.releases;

import io.sealroom.schemas.release.ReleaseJson;
import java.io.IOException;
import java.io.Writer;

/** How releases are printed. */
enum ReleaseFormat {
    TEXT {
        @Override
        ReleasePrinter printer(Writer out) {
            return new ReleaseText(out);
        }
    },
    CSV {
        @Override
        ReleasePrinter printer(Writer out) throws IOException {
            return ReleaseCsv.start(out);
        }
    },
    JSON {
        @Override
        ReleasePrinter printer(Writer out) {
            return new ReleaseRowsJson(out);
        }
    },
    JSONL {
        @Override
        ReleasePrinter printer(Writer out) {
            return release -> out.append(ReleaseJson.line(release)).append('\n');
        }
    };

    /** Begins a document of this format. */
    abstract ReleasePrinter printer(Writer out) throws IOException;
}
