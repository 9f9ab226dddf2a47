package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.input.Settings;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Who logs in, by what, and whom to trust; its text shows none of it. */
final class Access {
    private static final long LONGEST = 64 * 1024;

    private final String user;
    private final String password;
    private final @Nullable JdkSslContext tls;

    private Access(String user, String password, @Nullable JdkSslContext tls) {
        this.user = user;
        this.password = password;
        this.tls = tls;
    }

    static Access of(Settings settings, Path folder, boolean secure, UnaryOperator<@Nullable String> environment) {
        return new Access(
                user(settings, environment),
                password(settings, folder, environment),
                secure ? tls(settings, folder) : plain(settings));
    }

    private static String user(Settings settings, UnaryOperator<@Nullable String> environment) {
        if (!settings.values().containsKey("user-env")) {
            return settings.text("user", "guest");
        }
        if (settings.values().containsKey("user")) {
            throw settings.wrong("'user' and 'user-env' are both set; keep one");
        }
        return variable(settings, "user-env", environment);
    }

    private static String password(Settings settings, Path folder, UnaryOperator<@Nullable String> environment) {
        boolean inFile = settings.values().containsKey("password-file");
        if (settings.values().containsKey("password-env")) {
            if (inFile) {
                throw settings.wrong("'password-env' and 'password-file' are both set; keep one");
            }
            return variable(settings, "password-env", environment);
        }
        return inFile ? read(settings, "password-file", folder) : "guest";
    }

    private static String variable(Settings settings, String key, UnaryOperator<@Nullable String> environment) {
        String name = settings.text(key, "");
        String value = environment.apply(name);
        if (value == null) {
            throw settings.wrong("'" + key + "' names the environment variable " + name + ", which is not set");
        }
        return value;
    }

    private static String read(Settings settings, String key, Path folder) {
        Path path = file(settings, key, folder).toPath();
        try {
            return Files.readString(path).stripTrailing();
        } catch (IOException e) {
            throw unreadable(key, path, e);
        }
    }

    private static File file(Settings settings, String key, Path folder) {
        Path path = folder.resolve(settings.text(key, ""));
        try {
            if (Files.size(path) > LONGEST) {
                throw settings.wrong("'" + key + "' " + path + " is longer than " + LONGEST + " bytes");
            }
        } catch (IOException e) {
            throw unreadable(key, path, e);
        }
        return path.toFile();
    }

    private static FairleadException unreadable(String key, Path path, IOException e) {
        return new FairleadException(
                ErrorCode.PLAN, "mechanism rabbitmq: '" + key + "' " + path + " cannot be read: " + e, e);
    }

    private static @Nullable JdkSslContext plain(Settings settings) {
        for (String key : RabbitSettings.TLS) {
            if (settings.values().containsKey(key)) {
                throw settings.wrong("'" + key + "' needs a 'url' that begins with amqps://");
            }
        }
        return null;
    }

    /** Trusts what the file or the Java runtime names, and shows a certificate of its own where there is one. */
    private static JdkSslContext tls(Settings settings, Path folder) {
        boolean certified = settings.values().containsKey("tls-certificate");
        if (certified != settings.values().containsKey("tls-key")) {
            throw settings.wrong("'tls-certificate' and 'tls-key' go together; set both");
        }
        try {
            SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
            if (settings.values().containsKey("tls-ca")) {
                builder.trustManager(file(settings, "tls-ca", folder));
            }
            if (certified) {
                builder.keyManager(file(settings, "tls-certificate", folder), file(settings, "tls-key", folder));
            }
            SslContext context = builder.build();
            if (context instanceof JdkSslContext known) {
                return known;
            }
            throw settings.wrong("this Java runtime has no TLS of its own");
        } catch (SSLException | IllegalArgumentException e) {
            throw settings.wrong("the files of 'tls-…' do not hold certificates and a key in the PEM format");
        }
    }

    String user() {
        return user;
    }

    String password() {
        return password;
    }

    /** For the stream protocol; none where connections are plain. */
    @Nullable
    SslContext tls() {
        return tls;
    }

    /** The same for AMQP. */
    @Nullable
    SSLContext javaTls() {
        return tls == null ? null : tls.context();
    }

    @Override
    public String toString() {
        return "access";
    }
}
