package dev.fairlead.planner.check;

import dev.fairlead.contracts.compatibility.Difference;
import dev.fairlead.planner.Rule;

/** Which two versions meet where something does not fit. */
enum Meeting {
    /** The owner writes by the new plan, a reader reads by the old one, or still names what is gone. */
    NEW_OWNER_OLD_READER {
        @Override
        Rule rule(Difference.Kind kind) {
            return switch (kind) {
                case MISSING -> Rule.FIELD_REMOVED;
                case SYMBOL -> Rule.ENUM_WIDENED;
                case OPTIONAL, TYPE -> Rule.TYPE_CHANGED;
                case MEANING -> Rule.MEANING_CHANGED;
            };
        }
    },
    /** What was written by an old plan is read by the new one. */
    OLD_RECORD_NEW_READER {
        @Override
        Rule rule(Difference.Kind kind) {
            return switch (kind) {
                case MISSING, OPTIONAL -> Rule.FIELD_REQUIRED;
                case SYMBOL -> Rule.ENUM_NARROWED;
                case TYPE -> Rule.TYPE_CHANGED;
                case MEANING -> Rule.MEANING_CHANGED;
            };
        }
    },
    /** Somebody asks by the old plan, the owner answers by the new one. */
    OLD_QUESTION_NEW_OWNER {
        @Override
        Rule rule(Difference.Kind kind) {
            return OLD_RECORD_NEW_READER.rule(kind);
        }
    },
    /** Somebody asks by the new plan before the owner has been deployed with it. */
    NEW_QUESTION_OLD_OWNER {
        @Override
        Rule rule(Difference.Kind kind) {
            return NEW_OWNER_OLD_READER.rule(kind);
        }
    };

    /** The rule that is broken where the two differ so. */
    abstract Rule rule(Difference.Kind kind);
}
