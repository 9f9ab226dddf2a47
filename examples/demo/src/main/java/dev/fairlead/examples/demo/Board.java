package dev.fairlead.examples.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A board on a terminal, drawn anew at each look.
 *
 * <p>It uses the terminal's second screen, so that what stood there before is back at the end, followed by the verdicts.
 */
final class Board implements Display {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[2J";
    private static final String LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";

    private final PrintWriter out;
    private final BoardLines board;
    private final List<DemoResult.Check> verdicts = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final String calm;
    private String story;
    private @Nullable DemoResult result;
    private @Nullable Scene last;
    private boolean closed;

    Board(PrintWriter out, Paint paint, String calm) {
        this.out = out;
        this.calm = calm;
        this.story = calm;
        this.board = new BoardLines(paint);
        out.print(ENTER);
        out.flush();
    }

    @Override
    public synchronized void event(String sentence) {
        events.add(sentence);
        draw();
    }

    @Override
    public synchronized void story(String sentence) {
        story = sentence;
        draw();
    }

    @Override
    public synchronized void verdict(DemoResult.Check check) {
        verdicts.add(check);
        story = calm;
        draw();
    }

    @Override
    public synchronized void look(Scene scene) {
        last = scene;
        draw();
    }

    @Override
    public synchronized void summary(DemoResult end) {
        result = end;
    }

    private void draw() {
        Scene scene = last;
        if (closed || scene == null) {
            return;
        }
        List<String> news = verdicts.isEmpty()
                ? Stream.concat(Stream.of(story), events.stream()).toList()
                : List.of(story);
        StringBuilder screen = new StringBuilder(HOME);
        board.of(scene, news, verdicts)
                .forEach(line -> screen.append(line).append(REST_OF_LINE).append("\r\n"));
        out.print(screen.append(REST_OF_SCREEN));
        out.flush();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        out.print(LEAVE);
        events.forEach(out::println);
        if (result != null) {
            board.summary(result).forEach(out::println);
        }
        out.flush();
    }
}
