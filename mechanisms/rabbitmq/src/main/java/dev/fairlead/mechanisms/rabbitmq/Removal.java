package dev.fairlead.mechanisms.rabbitmq;

/** Takes away all that openings with the same prefix have made. */
final class Removal {
    private Removal() {}

    static void of(RabbitSettings settings) {
        try (Opening opening = new Opening(settings)) {
            opening.streams().awaitServer();
            for (String name : opening.streams().catalog().names()) {
                opening.broker().once("deleting " + name, channel -> channel.queueDelete(name));
                opening.broker().once("deleting the mark of " + name, channel -> channel.exchangeDelete(name));
            }
            String beats = settings.prefix() + Beats.EXCHANGE;
            opening.broker().once("deleting " + beats, channel -> channel.exchangeDelete(beats));
            String who = settings.prefix() + RabbitCallTransport.WHO;
            opening.broker().once("deleting " + who, channel -> channel.exchangeDelete(who));
        }
    }
}
