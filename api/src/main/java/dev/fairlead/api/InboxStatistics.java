package dev.fairlead.api;

import java.time.Duration;

/**
 * How full the inbox of a group is, as of a look about a minute ago at most, and what the group has done with it since it began here.
 *
 * @param keys how many keys it holds of the group, each with its newest event
 * @param oldest how long ago, by the database's clock, the key was noted that was not noted again for longest; zero when there is none
 * @param repeated events that came again and were recognised
 * @param forgotten keys that this instance took out, because nothing of them can come again
 * @param failure why the last look failed, empty when it did not
 */
public record InboxStatistics(long keys, Duration oldest, long repeated, long forgotten, String failure) {}
