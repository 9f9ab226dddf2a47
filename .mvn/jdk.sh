# shellcheck shell=bash
# Sets JAVA_HOME to the newest JDK that is 21 or newer, and MAVEN to the Maven to use. To be sourced with FAIRLEAD_HOME set.
# A JAVA_HOME that is new enough is kept.

jdk_major() { # FOLDER -> its feature version, or 0 when it holds no JDK
    if [ -x "$1/bin/javac" ] && [ -r "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
    else
        echo 0
    fi
}

if [ "$(jdk_major "${JAVA_HOME:-}")" -lt 21 ]; then
    newest=0
    on_path=$(command -v javac 2>/dev/null || true)
    if [ -n "$on_path" ]; then
        on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
        on_path=${on_path%/bin/javac}
    fi
    for candidate in "$on_path" /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.jdks/*/Contents/Home; do
        major=$(jdk_major "$candidate")
        if [ "${major:-0}" -ge 21 ] && [ "$major" -gt "$newest" ]; then
            newest=$major
            JAVA_HOME=$candidate
        fi
    done
    if [ "$newest" -eq 0 ]; then
        echo "fairlead: no JDK 21 or newer was found (install one, or set JAVA_HOME to one)" >&2
        exit 3
    fi
fi
export JAVA_HOME

# shellcheck disable=SC2034 # read by the script that sources this one
if command -v mvn >/dev/null 2>&1; then
    MAVEN=mvn
else
    MAVEN=$FAIRLEAD_HOME/mvnw
fi
