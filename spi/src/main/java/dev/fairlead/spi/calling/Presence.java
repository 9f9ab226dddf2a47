package dev.fairlead.spi.calling;

/**
 * Says that an answerer takes questions, and where.
 *
 * @param item whose questions it answers
 * @param address the {@link CallTransport#address} of its opening
 * @param number tells the answerers of one opening apart; none is used twice
 * @param room how many questions it holds at once
 */
public record Presence(String item, String address, long number, int room) {}
