package dev.fairlead.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** Says in plain words why a file could not be read or written, and what to do. */
final class FileFault {
    private FileFault() {}

    static String words(IOException failed) {
        return switch (failed) {
            case NoSuchFileException absent -> "its folder is not there (make it, or name another)";
            case AccessDeniedException denied -> "that is not allowed (look at its permissions)";
            case FileAlreadyExistsException there -> "there is a file of that name (remove it, or name another)";
            case CharacterCodingException binary -> "it is not UTF-8 (restore the file)";
            default ->
                failed.getClass().getSimpleName() + (failed.getMessage() == null ? "" : ": " + failed.getMessage());
        };
    }
}
