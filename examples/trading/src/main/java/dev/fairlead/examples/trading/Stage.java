package dev.fairlead.examples.trading;

/** What every story needs: the services that it plays with, a way to wait, and where to put what it measures. */
record Stage(TradingLandscape landscape, Patience patience, Figures figures) {}
