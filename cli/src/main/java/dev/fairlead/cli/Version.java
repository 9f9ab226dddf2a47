package dev.fairlead.cli;

import picocli.CommandLine.IVersionProvider;

/** Says which release this is; the jar knows. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"fairlead " + (version == null ? "(not packaged)" : version)};
    }

    /** The number alone, for tools that compare; zero when this is not packaged. */
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "0.0.0" : version;
    }
}
