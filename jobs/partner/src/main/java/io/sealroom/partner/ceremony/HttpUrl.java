package io.sealroom.partner.ceremony;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine;

/**
 * URL of a chain endpoint. It may hold a credential, so that neither its text nor a refusal shows
 * it.
 */
public final class HttpUrl {

    private final String value;

    private HttpUrl(String value) {
        this.value = value;
    }

    /**
     * The URL of this text.
     *
     * @throws IllegalArgumentException if it is no http or https URL
     */
    public static HttpUrl of(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null) {
                return new HttpUrl(text);
            }
        } catch (URISyntaxException notAUrl) {
            throw refused();
        }
        throw refused();
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException("must be an http or https URL");
    }

    /** For whoever connects. */
    public String open() {
        return value;
    }

    @Override
    public String toString() {
        return "HttpUrl[redacted]";
    }

    /** Reads it from the command line. */
    public static final class Converter implements CommandLine.ITypeConverter<HttpUrl> {

        @Override
        public HttpUrl convert(String text) {
            try {
                return of(text);
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
