package dev.fairlead.node.identity;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Fetches a key set of at most 1 MiB from exactly the address that it is given; no redirection leads elsewhere. */
final class RemoteKeys implements ResourceRetriever {
    private final HttpClient client;
    private final Duration patience;

    RemoteKeys(Duration patience) {
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build();
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(new URI(url.toString()))
                    .timeout(patience)
                    .build();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new IOException("the key set's address answers with status " + response.statusCode());
                }
                return LocalKeys.resource(body);
            }
        } catch (URISyntaxException e) {
            throw new IOException("no address of a key set", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the key set was fetched", e);
        }
    }
}
