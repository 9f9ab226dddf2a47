package dev.fairlead.node.identity;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a key set from a file of at most 1 MiB. */
final class LocalKeys implements ResourceRetriever {
    static final int LONGEST = 1 << 20;

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(new URI(url.toString())))) {
            return resource(in);
        } catch (URISyntaxException e) {
            throw new IOException("no path of a file", e);
        }
    }

    static Resource resource(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            throw new IOException("a key set is longer than " + LONGEST + " bytes");
        }
        return new Resource(new String(bytes, StandardCharsets.UTF_8), "application/json");
    }
}
