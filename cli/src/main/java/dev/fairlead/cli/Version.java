package dev.fairlead.cli;

import picocli.CommandLine.IVersionProvider;

/** Says which release this is; the jar knows. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"fairlead " + (version == null ? "(not packaged)" : version)};
    }
}
