package dev.fairlead.node;

/**
 * One thing that can be done at a URL.
 *
 * @param method of HTTP, in capitals
 * @param path where; a part in braces stands for any one part, and is its parameter's name
 * @param summary what it does, for the list of routes
 */
record Route(String method, PathTemplate path, String summary, Work work) {

    Route(String method, String template, String summary, Work work) {
        this(method, new PathTemplate(template), summary, work);
    }

    /** The path as it was written. */
    String template() {
        return path.toString();
    }

    /** What is done for a call. */
    @FunctionalInterface
    interface Work {
        Reply reply(Exchange exchange);
    }
}
